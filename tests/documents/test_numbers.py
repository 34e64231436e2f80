"""文号 under concurrency: real processes, one database file, no gap and no double."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import date
from tracker.org.models import *; from tracker.items.models import *
Office.objects.create(pk=1, name="云岭区教育局", number_prefix="云教督")
unit = Department.objects.create(name="办公室")
by = Person.objects.create(username="a", name="林督查")
for n in range(1, 4):
    ActionItem.objects.create(number_year=2026, number_seq=n, title=f"完成第{n}项", status="in_progress", lead=unit,
        issued_on=date(2026, 1, 5), due=date(2026, 1, 9), original_due=date(2026, 1, 9))
"""
WORK = """
from tracker.documents import jobs
from tracker.documents.kinds import FORMS
from tracker.org.models import Person
by = Person.objects.get()
for _ in range(2):
    made = jobs.request_document(form=FORMS["notice"], parameters={"source": "items", "items": [1, 2, 3], "options": {}}, by=by, size=0)
    print(made.state, made.error_message, flush=True)
"""


@pytest.fixture
def shell(tmp_path):
    env = {**os.environ, "TRACKER_VAR": str(tmp_path), "DEBUG": "1", "DATABASE_URL": ""}

    def start(code: str = "", *command: str) -> subprocess.Popen:
        words = [sys.executable, "manage.py", *(command or ("shell", "-v", "0"))]
        process = subprocess.Popen(
            words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        process.stdin.write(code)
        process.stdin.close()
        return process

    return start


def finished(process: subprocess.Popen) -> str:
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait(timeout=120) == 0
    return said


def test_workers_side_by_side_give_out_every_number_once(shell):
    finished(shell(SETUP))
    workers = [shell(WORK) for _ in range(3)]
    said = "".join(finished(worker) for worker in workers)
    found = finished(
        shell(
            "from tracker.documents.models import *\nprint(sorted(DocumentNumber.objects.values_list('seq', flat=True)))"
        )
    )
    assert said.count("done") == 6, said
    assert found.strip() == str(list(range(1, 19)))
