"""`script/manage deadlines --date 2026-04-10`: the deadline of each sentence on standard input, as JSON lines. No database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.extraction.deadlines import best_deadline
from speeches.extraction.model import Deadline, Directory


class Command(BaseCommand):
    """One sentence a line in, one JSON object a line out."""

    help = "从标准输入逐行读取句子，输出每句的完成时限（不需要数据库）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", required=True, help="讲话日期，如 2026-04-10；时限从这一天推算")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            spoken_on = date.fromisoformat(options["date"])
        except ValueError as error:
            raise CommandError(f"日期应写成 2026-04-10 的样子：{options['date']}", returncode=2) from error
        for line in sys.stdin:
            found = best_deadline(line.rstrip("\r\n"), spoken_on=spoken_on, directory=Directory())
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False))


def _as_json(found: Deadline | None) -> dict[str, str | None]:
    """The stable form for scripts: an empty line and a sentence without a time phrase give three nulls."""
    if found is None:
        return {"due": None, "recur": None, "phrase": None}
    due = found.due.isoformat() if found.due else None
    return {"due": due, "recur": found.recur, "phrase": found.phrase}
