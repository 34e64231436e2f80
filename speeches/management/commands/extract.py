"""`script/manage extract FILE`: what the engine finds in a file, for people or as JSON. Needs no database."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.extraction import Directory, Extraction, extract, to_json
from speeches.extraction.listing import directory_from_file
from speeches.extraction.model import Found
from speeches.reading import UnreadableFile, read_document


class Command(BaseCommand):
    """Print the tasks of one file."""

    help = "从一个讲话文件中提取任务（不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="讲话文件（.txt、.docx、.pdf）")
        parser.add_argument("--date", help="讲话日期，如 2026-04-10；不写时取文中日期，再取今天")
        parser.add_argument("--departments", type=Path, help="单位名录（TSV、JSON 或每行一个单位的文本）")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        result = self._extract(options["file"], options["date"], options["departments"])
        if options["json"]:
            self.stdout.write(json.dumps(to_json(result), ensure_ascii=False))
            return
        for line in _listing(result):
            self.stdout.write(line)

    def _extract(self, path: Path, day: str | None, departments: Path | None) -> Extraction:
        try:
            reading = read_document(path.read_bytes(), name=path.name)
        except OSError as error:
            raise CommandError(f"读不到文件：{path}", returncode=2) from error
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=2) from error
        # The clock belongs to the command: the engine is always told the day.
        spoken_on = _day(day) or reading.meta.held_on or datetime.now().date()
        directory = directory_from_file(departments) if departments else Directory()
        return extract(reading.body, spoken_on=spoken_on, directory=directory)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"日期应写成 2026-04-10 的样子：{text}", returncode=2) from error


def _listing(result: Extraction) -> list[str]:
    lines = [
        f"任务 {len(result.tasks)} 条，一般要求 {len(result.requirements)} 条，语句 {len(result.sentences)} 句"
    ]
    for number, task in enumerate(result.tasks, start=1):
        lines.append(f"{number:3d}. {task.title}")
        lines.extend(f"     {line}" for line in _details(task))
    return lines


def _details(task: Found) -> list[str]:
    due = task.due.isoformat() + ("（推算）" if task.reckoned else "") if task.due else ""
    pairs = [
        ("章节", " / ".join(task.section)),
        ("牵头", "、".join(task.lead)),
        ("配合", "、".join(task.co)),
        ("时限", f"{due}　{task.due_phrase}".strip()),
        ("指标", "、".join(figure.text for figure in task.figures)),
        ("分项", "、".join(task.items)),
        ("理由", "；".join(reason.phrase for reason in task.reasons[:4] if reason.weight > 0)),
    ]
    return [f"{name}：{value}" for name, value in pairs if value]
