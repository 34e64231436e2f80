"""What happens to every request before a view sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

_NUL = "\x00"


class WithoutNul:
    """Takes NUL characters out of what was typed or stands in the address: nobody means one, PostgreSQL stores none, and
    SQLite cuts words short at them. Files are left as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]  # no stub for it
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """After the CSRF check, which has read the form already."""
        if any(_NUL in word for key, words in request.POST.lists() for word in (key, *map(str, words))):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _cleaned(query: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for key, words in query.lists():
        cleaned.setlist(key.replace(_NUL, ""), [str(word).replace(_NUL, "") for word in words])
    cleaned._mutable = False
    return cleaned
