"""Real processes on one real database file: two beats at once, and a sender killed with kill -9."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.notices.servers import robot_server, smtp_server

ROOT = Path(__file__).resolve().parents[2]
PRELUDE = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
django.setup()
from datetime import time, timedelta
from django.utils import timezone
from tracker.items.models import ActionItem
from tracker.notices import day, delivering, events
from tracker.notices.models import *
from tracker.notices.outbox import Draft, post_all
from tracker.org.models import CalendarDay, Department, Membership, Person
from tracker.org.workdays import WorkCalendar
"""
# Whatever the day and hour of the test run: today is worked and the whole of it counts as office hours.
ALWAYS = """
CalendarDay.objects.get_or_create(day=timezone.localdate(), defaults={"is_workday": True})
NoticeSettings(pk=1, digest_at=time(0), hours_from=time(0), hours_until=time(23, 59, 59)).save()
"""
PEOPLE = (
    ALWAYS
    + """
department = Department.objects.create(name="基础教育科")
for n in range(30):
    person = Person.objects.create(username=f"p{n}", name=f"联络员{n}", email=f"p{n}@example.cn")
    Membership.objects.create(person=person, role="liaison", department=department)
for n in range(3):
    ActionItem.objects.create(
        number_year=2026, number_seq=n + 1, title=f"事项{n}", lead=department, status="issued",
        issued_on=timezone.localdate(),
    )
"""
)
BEAT = """
for _ in range(40):
    events.read_events()
    day.do_the_day()
    delivering.sweep()
    for pk in delivering.due_channels():
        delivering.send_channel(pk)
    left = Delivery.objects.exclude(state="sent").exists()
    if Message.objects.filter(kind="digest").count() == 30 and not left:
        break
"""

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    """A migrated database; migrating is the slow part, so each test gets a copy."""
    folder = tmp_path_factory.mktemp("empty")
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)
    return folder / "db.sqlite3"


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TRACKER_VAR": str(folder), "DEBUG": "1", "DATABASE_URL": ""}


@pytest.fixture
def machine(tmp_path, empty_database):
    """Runs a script against a data folder of its own; `start` does not wait for it."""
    environment = _environment(tmp_path)
    shutil.copy(empty_database, tmp_path / "db.sqlite3")

    class Machine:
        def ask(self, sql: str) -> list[tuple]:
            with closing(sqlite3.connect(tmp_path / "db.sqlite3", timeout=20)) as connection:
                found = connection.execute(sql).fetchall()
                connection.commit()
            return found

        def start(self, script: str, **more: str) -> subprocess.Popen:
            return subprocess.Popen(
                [sys.executable, "-c", PRELUDE + script], cwd=ROOT, env={**environment, **more},
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip

        def run(self, script: str) -> str:
            process = self.start(script)
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
            return out.strip()

    return Machine()


def test_two_beats_at_once_tell_everybody_once(machine):
    with smtp_server() as box:
        machine.run(
            PEOPLE + 'ActionItem.objects.first().record("issued", by=None)\n'
            f'Channel.objects.create(kind="email", name="邮件", host="127.0.0.1", port={box.port}, security="none",'
            ' sender="d@example.cn")'
        )
        beats = [machine.start(BEAT) for _ in range(2)]
        for beat in beats:
            _, err = beat.communicate(timeout=120)
            assert beat.returncode == 0, err
    told = machine.run(
        'print(*(Message.objects.filter(kind=kind).count() for kind in ("digest", "issued")),'
        ' Delivery.objects.filter(state="sent").count())'
    )
    assert told == "30 30 60"
    assert sorted(set(box.to)) == sorted(f"p{n}@example.cn" for n in range(30))
    subjects = [mail["Subject"] for mail in box.mails]
    # A person gets one mail, or two when their messages were claimed apart: never the same message twice.
    parts = sum(2 if "2条消息" in subject else 1 for subject in subjects)
    assert parts == 60


@pytest.mark.parametrize(
    ("where", "asked", "state"),
    [
        pytest.param("before", 1, "sent", id="before the first byte: sent once by another"),
        pytest.param("while", 1, "failed", id="while the other side hesitates: never sent again"),
    ],
)
def test_a_killed_sender_makes_no_second_message(machine, where, asked, state):
    with robot_server() as robots:
        machine.run(
            ALWAYS
            + f'channel = Channel.objects.create(kind="wecom", name="群", url="{robots.url("wecom")}")\n'
            'post_all([Draft(channel=channel, kind=Message.Kind.ISSUED, subject="交办")])'
        )
        robots.mode = "slow" if where == "while" else ""
        stop = "delivering.begin = lambda batch: __import__('time').sleep(60)\n" if where == "before" else ""
        victim = machine.start(stop + "delivering.send_channel(Channel.objects.get().pk)")
        wanted = [("sending", where == "while")]
        _wait(lambda: machine.ask("select state, started_at is not null from notices_delivery") == wanted)
        _wait(lambda: where == "before" or robots.asked)
        os.kill(victim.pid, signal.SIGKILL)
        victim.communicate()
        robots.mode = ""
        machine.ask("update notices_delivery set lease_until = '2020-01-01 00:00:00'")
        machine.run("delivering.sweep()\ndelivering.send_channel(Channel.objects.get().pk)")
        assert machine.ask("select state from notices_delivery") == [(state,)]
    assert len(robots.asked) == asked


def _wait(what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")
