"""The processes of an installation end with the one that started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# A part that says its number and then works on until it is told to stop.
PART = "import os, time; print('number', os.getpid(), flush=True); time.sleep(60)"
START = f"""
import signal, sys
# Under nohup the tests themselves ignore it, and so would this process.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from tracker.supervise import run
sys.exit(run({{"part": [sys.executable, "-c", {PART!r}]}}, environment={{}}))
"""


@pytest.fixture
def started():
    """A supervisor and the number of its one part."""
    process = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    part = next(int(line.split()[-1]) for line in process.stdout if "| number " in line)
    yield process, part
    process.kill()
    process.wait()
    process.stdout.close()


def ended(pid: int, *, seconds: float = 8) -> bool:
    """Whether the process is gone within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda n: n.name)
def test_being_told_to_stop_stops_every_part(started, number):
    process, part = started
    process.send_signal(number)
    assert ended(part)
    assert process.wait(10) == 0


def test_nothing_is_left_behind_by_a_supervisor_that_is_killed_outright(started):
    process, part = started
    process.kill()
    process.wait()
    assert ended(part)


def test_a_part_that_dies_is_started_again(started):
    process, part = started
    os.kill(part, signal.SIGKILL)
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    again = next(int(line.split()[-1]) for line in lines if "| number " in line)
    assert again != part


def test_a_stop_in_the_middle_of_a_printed_line_is_no_crash():
    chatty = "import os; print('number', os.getpid(), flush=True)\nwhile True: print('x' * 200, flush=True)"
    process = subprocess.Popen(
        [sys.executable, "-c", START.replace(repr(PART), repr(chatty))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    next(line for line in process.stdout if "| number " in line)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=15)
    assert (process.returncode, "reentrant" in errors) == (0, False)
