"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Official documents in Word and Excel, each from one frozen snapshot whose figures agree."""

    name = "tracker.documents"
    label = "documents"
    verbose_name = "公文"
