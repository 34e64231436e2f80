"""`manage.py read FILE`: the cleaned body of a document on stdout. Needs no database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from speeches.reading import UnreadableFile, read_document

UNREADABLE = 2


class Command(BaseCommand):
    help = "读出文件的正文（已去掉网页杂项），写到标准输出；读不了时说明原因，退出码为 2。"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="讲话稿：.docx、.txt 或带文字的 .pdf")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            reading = read_document(file.read_bytes(), name=file.name)
        except OSError as error:
            self._give_up(f"打不开文件 {file}：{error.strerror}")
        except UnreadableFile as error:
            self._give_up(f"{file.name}：{error}")
        else:
            self.stdout.write(reading.body)

    def _give_up(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(UNREADABLE)
