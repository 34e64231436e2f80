"""URLs."""

from django.urls import URLPattern, path

from speeches.views import intake

app_name = "speeches"
urlpatterns: list[URLPattern] = [
    path("", intake.speech_list, name="list"),
    path("upload/", intake.upload, name="upload"),
    path("<int:pk>/", intake.detail, name="detail"),
    path("<int:pk>/progress/", intake.progress, name="progress"),
    path("<int:pk>/edit/", intake.edit, name="edit"),
    path("<int:pk>/requeue/", intake.requeue, name="requeue"),
]
