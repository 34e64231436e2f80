"""Fill an empty database with the invented district."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.demo.load import load_demo
from tracker.org.models import Person


class Command(BaseCommand):
    help = "在空库中载入虚构的示例数据"

    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.exists():
            raise CommandError("库中已有数据，示例数据只能载入空库；可用 TRACKER_VAR 另选一个数据目录。")
        # The broker is not up yet when `serve --demo` loads; the speeches are extracted here and need no doorbell.
        logging.getLogger("speeches").setLevel(logging.ERROR)
        load_demo()
        self.stdout.write("示例数据已载入。")
