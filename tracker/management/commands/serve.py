"""Prepare the database and run the whole product until Ctrl-C."""

import fcntl
import os
import secrets
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tracker.embedded import unusable
from tracker.org.models import Membership, Person
from tracker.supervise import commands, port_is_free, run, when_ready

_EVERYWHERE = ("0.0.0.0", "::")
# Parts whose supervisor was killed outright notice it within a second and get ten to end.
_LEFTOVERS_SECONDS = 15


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder_lives(file: IO[str]) -> bool:
    """Whether the process that wrote its number into the lock is still there; without a number it is."""
    file.seek(0)
    number = file.read().strip()
    return not number.isdecimal() or Path(f"/proc/{number}").exists() or not Path("/proc/self").exists()


class Command(BaseCommand):
    help = "准备数据库并运行全部服务（网页、后台提取、定时、内置消息服务）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="首次运行时载入虚构的示例数据")
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, demo: bool, host: str, port: str | int, **options: Any) -> None:
        port = self._port(str(port))
        lock = self._lock(settings.VAR_DIR / "run" / "serve.lock")
        if not port_is_free(host, port):
            raise CommandError(f"端口 {port} 已被占用，请用 PORT=8001 script/server 换一个端口。")
        notes = self._prepare(demo=demo)
        near = "127.0.0.1" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
        shown = f"http://{near}:{port}"
        when_ready(f"{shown}/healthz", lambda: self._announce(shown, notes))
        processes = commands(var_dir=settings.VAR_DIR, host=host, port=port, embedded=not settings.REDIS_URL)
        if not settings.REDIS_URL and "store" not in processes:
            raise CommandError("本机没有可用的消息服务，请安装 redis-server 或设置 REDIS_URL。")
        environment = {"TRACKER_VAR": str(settings.VAR_DIR), "ALLOWED_HOSTS": ",".join(self._hosts(host))}
        status = run(processes, environment=environment)
        lock.close()
        sys.exit(status)

    def _port(self, text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text[:6]) <= 65535:
            raise CommandError(f"PORT 应为 1 至 65535 的数字，现为“{text}”。")
        return int(text)

    def _lock(self, path: Path) -> IO[str]:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a+")
        except OSError as error:
            raise CommandError(unusable(settings.VAR_DIR, error)) from None
        end = time.monotonic() + _LEFTOVERS_SECONDS
        while not _locked(file):
            if _holder_lives(file) or time.monotonic() > end:
                raise CommandError(
                    f"数据目录 {settings.VAR_DIR} 已有一份服务在运行；另开一份请设置 TRACKER_VAR 和 PORT。"
                )
            time.sleep(0.3)  # its supervisor was killed: the parts it left are about to end by themselves
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        return file

    def _prepare(self, *, demo: bool) -> list[str]:
        """Database, static files, first account; the lines to show the person who started it."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        notes = []
        if demo and not Person.objects.exists():
            call_command("load_demo")
            notes.append("示例数据的账号见 README，密码均为 demo-2026")
        if not Person.objects.exists():
            password = secrets.token_urlsafe(9)
            person = Person.objects.create_superuser(
                "admin", "", password, name="系统管理员", must_change_password=True
            )
            for role in (Membership.Role.ADMIN, Membership.Role.OFFICER):
                Membership.objects.create(person=person, role=role)
            notes.append(f"首次运行：用户名 admin　密码 {password}（只显示这一次，请登录后修改）")
            # At once too: whoever stops it before it is ready would never learn the password of an account that exists.
            self.stdout.write(notes[-1])
            self.stdout.flush()
        return notes

    def _hosts(self, host: str) -> list[str]:
        # Listening on all addresses is a decision to be reached by any name the intranet uses.
        if os.environ.get("ALLOWED_HOSTS"):
            return list(settings.ALLOWED_HOSTS)
        return (
            ["*"] if host in _EVERYWHERE else [*settings.ALLOWED_HOSTS, f"[{host}]" if ":" in host else host]
        )

    def _announce(self, address: str, notes: list[str]) -> None:
        line = "─" * 60
        self.stdout.write(
            "\n".join(
                ["", line, f"  已就绪：{address}/", *(f"  {note}" for note in notes), "  Ctrl-C 停止", line]
            )
        )
        self.stdout.flush()
