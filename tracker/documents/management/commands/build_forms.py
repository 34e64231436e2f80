"""Write the shipped templates anew from code."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.documents.building.catalogue import CATALOGUE
from tracker.documents.shelf import SHIPPED


class Command(BaseCommand):
    """build_forms."""

    help = "Write tracker/documents/forms/*.docx from tracker/documents/building. Commit the result."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """One file a form."""
        for kind, build in CATALOGUE.items():
            path = SHIPPED / f"{kind}.docx"
            path.write_bytes(build())
            self.stdout.write(str(path.relative_to(SHIPPED.parents[2])))
