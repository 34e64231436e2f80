"""Who may open the settings, and what their pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from tracker.org.models import Person

_View = Callable[..., HttpResponse]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def administrators_only(view: _View) -> _View:
    """Everybody else gets 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person) or not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def one(model: type[models.Model], pk: int | None) -> Any:
    """The row, None for a new one, 404 for one that is not there."""
    return get_object_or_404(model, pk=pk) if pk else None


def form_page(request: HttpRequest, form: Any, *, title: str, back: str, **context: Any) -> HttpResponse:
    """The page of one form; 422 when what was sent is being shown again."""
    context |= {"form": form, "title": title, "back": reverse(f"org:{back}"), "tab": back}
    return render(request, "org/form.html", context, status=422 if form.is_bound else 200)


def workbook_response(data: bytes, name: str) -> HttpResponse:
    """An Excel file to save under a Chinese name."""
    header = content_disposition_header(True, name)
    return HttpResponse(data, content_type=_XLSX, headers={"Content-Disposition": str(header)})
