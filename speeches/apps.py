"""From an uploaded file to confirmed action items."""

from django.apps import AppConfig


class SpeechesConfig(AppConfig):
    """Speeches, their candidates, the review."""

    name = "speeches"
    verbose_name = "讲话"
