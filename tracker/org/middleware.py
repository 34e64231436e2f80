"""What holds for every request of a signed-in person."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.org.models import Person

_ALWAYS = {"password", "logout", "healthz"}


class FirstPassword:
    """Whoever has a password that an administrator gave out chooses their own before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        """Every page but their own password page leads to it."""
        match, user = request.resolver_match, request.user
        if match is None or match.view_name in _ALWAYS or not isinstance(user, Person):
            return None
        return redirect("password") if user.must_change_password else None
