"""The whole running system in subprocesses: embedded server, gunicorn, a Celery worker, beat, a data folder of its own."""

import http.cookiejar
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tracker.embedded import server_command, socket_path

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 2
SWEEP_SECONDS = 1


def wait_for(what: Callable[[], Any], *, seconds: float = 60, every: float = 0.05) -> Any:
    """The first true answer of `what`; fails the test when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(every)
    raise AssertionError(f"nothing within {seconds} s")


class Browser:
    """Signs in and sends forms, as a browser without JavaScript does."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        """The page's text, redirects followed."""
        return self._open(urllib.request.Request(self.address + path))[1]

    def post(
        self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None
    ) -> tuple[str, str]:
        """Fetch the form, send it; the address and the text of the page that comes back."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token, f"no form at {path}"
        body, content_type = _multipart({**fields, "csrfmiddlewaretoken": token[1]}, file)
        headers = {"Content-Type": content_type, "Referer": self.address + path}
        return self._open(urllib.request.Request(self.address + path, body, headers))

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        try:
            with self._opener.open(request, timeout=15) as response:
                return response.url, response.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(
                f"{error.code} at {request.full_url}: {error.read().decode()[:2000]}"
            ) from error


class System:
    """Starts, stops and kills the parts of one installation."""

    password = "for-this-test-only-81"

    def __init__(self, folder: Path) -> None:
        self.var = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in ("DATABASE_URL", "REDIS_URL", "MEDIA", "DEBUG")
            },
            "TRACKER_VAR": str(folder),
            "SECRET_KEY": secrets.token_hex(32),
            "SPEECH_LEASE_SECONDS": str(LEASE_SECONDS),
            "SWEEP_SECONDS": str(SWEEP_SECONDS),
            "DJANGO_SUPERUSER_PASSWORD": self.password,
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def set_up(self) -> None:
        """Database, static files and one officer."""
        self.manage("migrate", "-v0")
        self.manage("collectstatic", "-v0", "--noinput")
        self.manage("createsuperuser", "--noinput", "--username", "lin", "--name", "林督查")

    def manage(self, *arguments: str) -> None:
        """Run manage.py to its end."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, check=True)

    def start(self, name: str, *command: str) -> None:
        """Start a part in a process group of its own, its output under `var/<name>.log`."""
        with (self.var / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def start_server(self) -> None:
        """The embedded Redis-protocol server."""
        command = server_command(self.var)
        if command is None:
            pytest.skip("no Redis-protocol server on this machine")
        self.start("server", *command)
        wait_for(socket_path(self.var).exists)

    def start_web(self) -> None:
        """Gunicorn with two processes. Wait for `answers`."""
        self.start(
            "web", sys.executable, "-m", "gunicorn", "tracker.wsgi", "-w2", "-b", f"127.0.0.1:{self.port}"
        )

    def start_worker(self, name: str = "worker") -> None:
        """A worker with one process, ready to take messages."""
        self.start(name, *self._celery("worker", "-c1", "-n", f"{name}@%h", "-l", "info"))
        wait_for(lambda: " ready." in self.log(name))

    def start_beat(self) -> None:
        """The clock that calls the sweep."""
        self.start("beat", *self._celery("beat", "-s", str(self.var / "beat"), "--pidfile="))

    def send(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a part and all its children."""
        os.killpg(self.running[name].pid, number)

    def stop(self, name: str, number: signal.Signals = signal.SIGTERM) -> None:
        """End a part, with SIGKILL if it must die at once."""
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        (self.var / f"{name}.log").rename(self.var / f"{name}.{time.monotonic_ns()}.log")

    def log(self, name: str) -> str:
        """What a running part has written so far."""
        return (self.var / f"{name}.log").read_text(errors="replace")

    def sign_in(self) -> Browser:
        """A signed-in browser."""
        browser = Browser(self.address)
        browser.post("/login/", {"username": "lin", "password": self.password})
        return browser

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database without disturbing it."""
        connection = sqlite3.connect(f"file:{self.var / 'db.sqlite3'}?mode=ro", uri=True, timeout=5)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def state(self, pk: int) -> str:
        """The state of a speech."""
        return str(self.rows("SELECT state FROM speeches_speech WHERE id = ?", pk)[0][0])

    def _celery(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "celery", "-A", "tracker", *arguments)

    def answers(self) -> bool:
        """Whether the web process serves."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as response:
                return bool(response.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system. A test that stops a part of it starts it again."""
    system = System(tmp_path_factory.mktemp("var"))
    try:
        system.start_server()
        system.set_up()
        system.start_beat()
        system.start_web()
        system.start_worker()
        wait_for(system.answers)
        yield system
    finally:
        for name in list(system.running):
            system.stop(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _multipart(fields: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1] + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
