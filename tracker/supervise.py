"""The processes of a running installation: embedded server, web, worker, beat, with prefixed logs."""

import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from honcho.manager import Manager
from honcho.printer import Printer

from tracker.embedded import server_command

_ROOT = Path(__file__).resolve().parent.parent


def commands(*, var_dir: Path, host: str, port: int, embedded: bool) -> dict[str, list[str]]:
    """What to run, by the name its log lines carry."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "tracker", "--quiet"]
    web = [
        *python,
        "gunicorn",
        "tracker.wsgi",
        "--bind",
        f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    beat = [
        *celery,
        "beat",
        "--schedule",
        str(var_dir / "run" / "beat"),
        "--loglevel",
        "WARNING",
        "--pidfile",
        "",
    ]
    worker = [
        *celery,
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    store = server_command(var_dir) if embedded else None
    return {
        **({"store": [*store, "--loglevel", "warning"]} if store else {}),
        "web": [
            *web,
            "--no-control-socket",
            "--log-level",
            "warning",
            "--timeout",
            "60",
            "--limit-request-line",
            "8190",
        ],
        "worker": worker,
        "beat": beat,
    }


def run(processes: dict[str, list[str]], *, environment: dict[str, str]) -> int:
    """Run all until Ctrl-C, TERM or the end of the terminal, restarting what ends by itself; the exit status."""
    manager = Manager(Printer(_Straight(sys.stdout.fileno())))
    keep = str(_ROOT / "script" / "keep-running")
    # With SUPERVISOR the parts end by themselves should this process be killed outright.
    env = {**os.environ, **environment, "PYTHONUNBUFFERED": "1", "SUPERVISOR": str(os.getpid())}
    for name, command in processes.items():
        manager.add_process(name, f"exec {shlex.join([keep, *command])}", env=env, cwd=str(_ROOT))
    _stop_with_the_terminal()
    try:
        manager.loop()
    except OSError:  # nobody reads the log any more
        manager.terminate()
        raise
    # Being told to stop is the normal end.
    return 0 if manager.returncode in (0, 130, 143) else int(manager.returncode or 1)


class _Straight:
    """Standard output without a buffer.

    A signal interrupts the printing of one line with that of another, which Python's buffered stdout refuses with a
    RuntimeError: told to stop at that moment, the supervisor would fall over instead.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, text: str) -> None:
        """All of `text`, however little the system takes at a time."""
        left = text.encode()
        while left:
            left = left[os.write(self._descriptor, left) :]

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """Whether a person watches: then the names are coloured."""
        return os.isatty(self._descriptor)


def _stop_with_the_terminal() -> None:
    """A closed window or a lost connection ends it like Ctrl-C, unless it was started with nohup."""
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def when_ready(url: str, announce: Callable[[], None], *, timeout: float = 60) -> None:
    """Call `announce` from a thread once `url` answers, or never when it does not within `timeout` seconds."""

    def wait() -> None:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(url, timeout=2).close()
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
            else:
                announce()
                return

    threading.Thread(target=wait, daemon=True).start()
