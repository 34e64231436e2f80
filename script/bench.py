"""The benchmark behind script/bench."""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.test import Client  # noqa: E402 - Django must be set up first
from django.utils import timezone  # noqa: E402

from speeches.extraction import Directory, extract  # noqa: E402
from speeches.extraction.segment import tokenizer  # noqa: E402
from tracker.items.models import ActionItem  # noqa: E402
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


def bench_extraction() -> None:
    """The engine beside jieba's own cut of the same text."""
    text = Path("speeches/demo/speech1.txt").read_text()
    today = timezone.localdate()
    engine = median_ms(lambda: extract(text, spoken_on=today, directory=Directory()))
    cut = median_ms(partial(tokenizer().lcut, text))
    print(
        f"extract, {len(text):,} characters        {engine:8.1f} ms   ({engine / cut:.2f} x jieba's cut, {cut:.1f} ms)"
    )
    long = text * (200_000 // len(text))
    slow = median_ms(lambda: extract(long, spoken_on=today, directory=Directory()))
    print(
        f"extract, {len(long):,} characters      {slow:8.1f} ms   ({slow / len(long) * 1000:.2f} µs a character)"
    )


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
        "事项": f"/items/{ActionItem.objects.values_list('pk', flat=True).first()}/",
    }
    for name, url in pages.items():
        assert client.get(url, headers={"host": "localhost"}).status_code == 200, url
        ask = partial(client.get, url, headers={"host": "localhost"})
        print(f"{name:24s} {median_ms(ask):8.1f} ms")


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


if __name__ == "__main__":
    bench_extraction()
    print(f"pages over {ITEMS:,} items, in process")
    bench_pages()
