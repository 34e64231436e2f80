"""Starting an installation: what stands in the way is said in one Chinese sentence."""

import fcntl
import os
import socket
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tracker.embedded import secret_key, socket_path
from tracker.management.commands import serve
from tracker.org.models import Person
from tracker.supervise import commands


@pytest.fixture
def installation(settings, tmp_path):
    """An empty data folder."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "9" * 5000])
def test_a_port_that_is_none_is_named(installation, port):
    with pytest.raises(CommandError, match="PORT 应为 1 至 65535 的数字"):
        call_command("serve", f"--port={port}")


def test_a_port_in_use_is_named_with_the_way_out(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"端口 {port} 已被占用.*PORT=8001"):
            call_command("serve", port=port)


def test_a_second_copy_on_the_same_data_is_refused_at_once(installation):
    lock = installation / "run" / "serve.lock"
    lock.parent.mkdir()
    with lock.open("w") as holder:
        holder.write(str(os.getpid()))
        holder.flush()
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="已有一份服务在运行"):
            call_command("serve", port=free_port())


def test_the_parts_of_a_killed_copy_are_waited_for(installation, monkeypatch):
    lock = installation / "run" / "serve.lock"
    lock.parent.mkdir()
    holder = lock.open("w")
    holder.write("999999999")  # no such process
    holder.flush()
    fcntl.flock(holder, fcntl.LOCK_EX)
    monkeypatch.setattr(serve.time, "sleep", lambda seconds: holder.close())
    taken = serve.Command()._lock(lock)
    assert lock.read_text() == str(os.getpid())
    taken.close()


def test_a_data_folder_that_cannot_be_used_is_named():
    with pytest.raises(SystemExit, match="数据目录 /dev/null/var 不能使用"):
        secret_key(Path("/dev/null/var"))


@pytest.mark.parametrize(
    "name", ["空 格", "a#b", "a%20b", "a?b", "深" * 60], ids=["blank", "#", "%", "?", "long"]
)
def test_any_folder_name_gives_a_socket_the_broker_can_be_told_of(tmp_path, name):
    path = str(socket_path(tmp_path / name))
    assert len(path.encode()) < 100
    assert not set("#%?") & set(path)


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        ("0.0.0.0", ["*"]),
        ("::", ["*"]),
        ("10.0.0.5", ["localhost", "127.0.0.1", "[::1]", "10.0.0.5"]),
        ("fd00::5", ["localhost", "127.0.0.1", "[::1]", "[fd00::5]"]),
    ],
)
def test_the_site_answers_where_it_listens(settings, monkeypatch, host, hosts):
    monkeypatch.delenv("ALLOWED_HOSTS", raising=False)
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert serve.Command()._hosts(host) == hosts


def test_named_hosts_are_the_only_ones(settings, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "duban.example")
    settings.ALLOWED_HOSTS = ["duban.example"]
    assert serve.Command()._hosts("0.0.0.0") == ["duban.example"]


def test_an_address_of_the_newer_kind_is_bound_in_brackets(tmp_path):
    web = commands(var_dir=tmp_path, host="::", port=8000, embedded=False)["web"]
    assert web[web.index("--bind") + 1] == "[::]:8000"


def test_the_first_password_is_told_before_anything_runs_and_must_be_changed(db, monkeypatch):
    monkeypatch.setattr(serve, "call_command", lambda *args, **options: None)
    out = StringIO()
    serve.Command(stdout=out)._prepare(demo=False)
    first = Person.objects.get()
    assert first.check_password(out.getvalue().split("密码 ")[1].split("（")[0])
    assert first.must_change_password


def test_a_second_start_makes_no_second_account(db, monkeypatch):
    monkeypatch.setattr(serve, "call_command", lambda *args, **options: None)
    serve.Command(stdout=StringIO())._prepare(demo=False)
    assert serve.Command(stdout=StringIO())._prepare(demo=False) == []
    assert Person.objects.count() == 1
