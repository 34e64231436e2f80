"""From an uploaded file to confirmed action items."""

from django.apps import AppConfig
from django.conf import settings


class SpeechesConfig(AppConfig):
    """Speeches, their candidates, the review."""

    name = "speeches"
    verbose_name = "讲话"

    def ready(self) -> None:
        """Tell the tokenizer where its compiled dictionary goes: the installation's own data folder."""
        from speeches.extraction.segment import keep_cache_in

        keep_cache_in(settings.VAR_DIR / "cache")
