"""The benchmark behind script/bench."""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.test import Client  # noqa: E402 - Django must be set up first
from django.utils import timezone  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from speeches.extraction import Directory, extract  # noqa: E402
from speeches.extraction.segment import tokenizer  # noqa: E402
from tracker.exchange.jobs import run_export, run_import  # noqa: E402
from tracker.exchange.models import ExportJob, ImportJob  # noqa: E402
from tracker.exchange.sheet import survey  # noqa: E402
from tracker.items.models import ActionItem, NumberSeries  # noqa: E402
from tracker.items.states import Status  # noqa: E402
from tracker.org.models import Department, Membership, Person  # noqa: E402

ITEMS = int(os.environ.get("ITEMS", "20000"))
ROUNDS = 9


def median_ms(act: Callable[[], object]) -> float:
    """Median wall time of one call, in milliseconds, after one warm-up."""
    act()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def paired_ms(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """Medians of two calls run in turn, and of their ratio: whatever else the machine does weighs on both alike.

    Processor time, in milliseconds, after a warm-up of each.
    """
    one()
    other()
    pairs = [(processor_ms(one), processor_ms(other)) for _ in range(2 * ROUNDS)]
    mine, theirs = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(theirs), statistics.median(m / t for m, t in pairs)


def processor_ms(act: Callable[[], object]) -> float:
    """Processor time of one call, in milliseconds."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def bench_extraction() -> None:
    """The engine beside jieba's own cut of the same text."""
    text = Path("speeches/demo/speech1.txt").read_text()
    today = timezone.localdate()
    whole = partial(extract, text, spoken_on=today, directory=Directory())
    engine, cut, ratio = paired_ms(whole, partial(tokenizer().lcut, text))
    print(
        f"extract, {len(text):,} characters        {engine:8.1f} ms   ({ratio:.2f} x jieba's cut, {cut:.1f} ms)"
    )
    long = text * (200_000 // len(text))
    slow = median_ms(lambda: extract(long, spoken_on=today, directory=Directory()))
    print(
        f"extract, {len(long):,} characters      {slow:8.1f} ms   ({slow / len(long) * 1000:.2f} µs a character)"
    )
    first = statistics.median(in_a_fresh_process(_FIRST_CALL) for _ in range(3))
    load = statistics.median(in_a_fresh_process(_JIEBA_LOAD) for _ in range(3))
    print(
        f"first extract in a fresh process {first:8.1f} ms   ({first / load:.2f} x jieba's load, {load:.1f} ms)"
    )


_FIRST_CALL = (
    "import datetime; from speeches.extraction import Directory, extract;"
    "extract('要修好水渠。' * 500, spoken_on=datetime.date(2026, 4, 15), directory=Directory())"
)
_JIEBA_LOAD = (
    "import os, jieba; jieba.setLogLevel(50); own = jieba.Tokenizer();"
    "own.tmp_dir = os.environ.get('TRACKER_VAR', 'var'); own.initialize()"
)


def in_a_fresh_process(code: str) -> float:
    """Wall time of some code in a Python of its own, without Python's own start, in milliseconds."""
    timed = f"import time; begun = time.perf_counter(); {code}; print((time.perf_counter() - begun) * 1000)"
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return float(done.stdout)


def bench_pages() -> None:
    """The pages a day begins with, over a big ledger."""
    fill()
    client = Client()
    client.force_login(Person.objects.get())
    pages = {
        "工作台": "/",
        "台账, 50 rows": "/items/?per_page=50",
        "台账, overdue": "/items/?view=overdue",
        "台账, text search": "/items/?q=校舍",
        "统计": "/stats/",
        "例会 list": "/meetings/",
        "事项": f"/items/{ActionItem.objects.values_list('pk', flat=True).first()}/",
    }
    for name, url in pages.items():
        assert client.get(url, headers={"host": "localhost"}).status_code == 200, url
        ask = partial(client.get, url, headers={"host": "localhost"})
        print(f"{name:24s} {median_ms(ask):8.1f} ms")


def bench_excel() -> None:
    """All items to Excel and back: the export, the dry run of what was exported, and half as many new rows written."""
    officer = Person.objects.get(username="bench")
    job = ExportJob.objects.create(by=officer, query="view=all")
    print(f"{'export, all columns':24s} {seconds(lambda: run_export(job.pk)):8.1f} s")
    job.refresh_from_db()
    checked = _import_of(job.file.read(), officer)
    print(f"{'import, dry run':24s} {seconds(lambda: run_import(checked.pk)):8.1f} s")
    checked.refresh_from_db()
    assert checked.counts == {"same": ITEMS}, checked.counts
    fresh = _import_of(_new_rows(ITEMS // 2), officer, phase=ImportJob.Phase.WRITE)
    print(f"{f'import, {ITEMS // 2:,} new rows':24s} {seconds(lambda: run_import(fresh.pk)):8.1f} s")


def seconds(act: Callable[[], object]) -> float:
    """Wall time of one call, in seconds."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _import_of(data: bytes, by: Person, phase: str = ImportJob.Phase.CHECK) -> ImportJob:
    table = survey(data)
    mapping = {str(heading.place): heading.guess for heading in table.headings if heading.guess}
    file = ContentFile(data, name="bench.xlsx")
    return ImportJob.objects.create(
        by=by, file=file, file_name="bench.xlsx", table=asdict(table), mapping=mapping, phase=phase
    )


def _new_rows(rows: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(["督办事项", "牵头单位", "完成时限", "交办日期"])
    for number in range(rows):
        sheet.append([f"完成第{number}处隐患整改", f"第{number % 20}业务科", "2026-12-31", "2026-11-02"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill() -> None:
    """ITEMS rows in every state over three years, twenty departments."""
    chance = random.Random(2026)
    officer = Person.objects.create(username="bench", name="测速")
    Membership.objects.create(person=officer, role=Membership.Role.OFFICER)
    departments = Department.objects.bulk_create(
        Department(name=f"第{n}业务科", position=n) for n in range(20)
    )
    today = timezone.localdate()
    statuses = [Status.IN_PROGRESS] * 3 + [Status.ISSUED, Status.SUBMITTED] + [Status.CLOSED] * 15
    rows = []
    for number in range(ITEMS):
        due = today + timedelta(days=chance.randint(-400, 60))
        status = chance.choice(statuses)
        rows.append(
            ActionItem(
                number_year=today.year, number_seq=number + 1, title=f"完成第{number}批校舍维修项目验收",
                lead=chance.choice(departments), status=status, due=due, original_due=due, officer=officer,
                issued_on=due - timedelta(days=60), closed_on=due if status == Status.CLOSED else None,
            )
        )  # fmt: skip
    ActionItem.objects.bulk_create(rows, batch_size=1000)
    NumberSeries.objects.create(kind="item", year=today.year, last=ITEMS)


if __name__ == "__main__":
    bench_extraction()
    print(f"pages over {ITEMS:,} items, in process")
    bench_pages()
    bench_excel()
