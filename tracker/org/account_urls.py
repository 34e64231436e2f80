"""What everybody may change of their own account; not under /settings/, which is for administrators."""

from django.urls import path

from tracker.org.views import people

urlpatterns = [path("password/", people.PasswordChange.as_view(), name="password")]
