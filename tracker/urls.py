"""The site map."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the web process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", include("tracker.desk.urls")),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("", include("tracker.org.account_urls")),
    path("speeches/", include("speeches.urls")),
    path("items/", include("tracker.items.urls")),
    path("meetings/", include("tracker.meetings.urls")),
    path("documents/", include("tracker.documents.urls")),
    path("exchange/", include("tracker.exchange.urls")),
    path("stats/", include("tracker.stats.urls")),
    path("notices/", include("tracker.notices.urls")),
    path("settings/", include("tracker.org.urls")),
    path("healthz", healthz),
]

handler400 = "tracker.errors.bad_request"
handler403 = "tracker.errors.forbidden"
handler404 = "tracker.errors.not_found"
handler500 = "tracker.errors.server_error"
