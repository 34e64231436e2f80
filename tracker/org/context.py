"""What every page shows of the office."""

from typing import Any

from django.http import HttpRequest

from tracker.org.models import Office


def office(request: HttpRequest) -> dict[str, Any]:
    """The office's name for the page head."""
    return {"office": Office.current()}
