"""What everybody may change of their own account; not under /settings/, which is for administrators."""

from django.urls import path

from tracker.org import views

urlpatterns = [path("password/", views.PasswordChange.as_view(), name="password")]
