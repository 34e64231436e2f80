"""`script/manage evaluate DIR`: the engine's score on a folder of *.txt with *.json gold labels. Needs no database."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.extraction import Directory, extract
from speeches.extraction.evaluation import Tally, explained, score
from speeches.reading import read_document
from speeches.reading.encodings import decode


class Command(BaseCommand):
    """Print the gold table, and with --errors each miss and false hit."""

    help = "用带标注的讲话给提取引擎打分"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="含 *.txt 与同名 *.json 标注的文件夹")
        parser.add_argument("--errors", action="store_true", help="逐条列出漏报和误报及其理由")

    def handle(self, *args: Any, **options: Any) -> None:
        whole = Tally()
        jobs = [
            path for path in sorted(options["folder"].glob("*.txt")) if path.with_suffix(".json").exists()
        ]
        if not jobs:
            raise CommandError(f"{options['folder']} 中没有带标注的讲话", returncode=2)
        for path in jobs:
            tally = self._one(path, errors=options["errors"])
            whole.add(tally)
        self.stdout.write(whole.line("ALL"))

    def _one(self, path: Path, *, errors: bool) -> Tally:
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        source = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
        body = read_document(path.read_bytes(), name=path.name).body
        result = extract(body, spoken_on=date.fromisoformat(gold["date"]), directory=Directory())
        tally = score(result, source=source, labels=[unit["label"] for unit in gold["units"]])
        self.stdout.write(tally.line(path.stem))
        if errors:
            for line in explained(tally, body=body, source=source):
                self.stdout.write(line)
        return tally
