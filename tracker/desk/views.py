"""The first screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tracker.desk.board import build_board
from tracker.org.models import Person


def home(request: HttpRequest) -> HttpResponse:
    """工作台 for those who oversee; whoever only reports for a department goes to their own items."""
    user = request.user
    if not isinstance(user, Person) or not (user.sees_everything or user.is_leader):
        return redirect("items:mine")
    return render(request, "desk/home.html", {"board": build_board(user)})
