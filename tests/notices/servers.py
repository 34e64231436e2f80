"""Real local servers for the channels: one speaks SMTP, one takes webhooks and checks their signatures."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

SECRET = "SEC-of-the-tests"


@dataclass
class Mailbox:
    """An SMTP server that keeps what it gets. `refuse` and `answer` make it difficult."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)
    answer: str = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.to += envelope.rcpt_tos
        return self.answer


@contextmanager
def smtp_server(*, password: str = "") -> Iterator[Mailbox]:
    """A mail server on a free port; with `password` it wants user `duban` and that password."""
    box = Mailbox()

    def authenticate(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            b"duban",
            password.encode(),
        )
        return AuthResult(success=right, handled=False)

    options = (
        {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False} if password else {}
    )
    server = _FreePort(box, hostname="127.0.0.1", port=0, **options)
    server.start()
    box.port = server.server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.stop(no_assert=True)


class _FreePort(Controller):
    """aiosmtpd knocks on the port it was told; with 0 that is nobody's."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Robots:
    """A web server that behaves as the three robots do. `mode` makes it difficult."""

    port: int = 0
    texts: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    mode: str = ""

    def url(self, kind: str) -> str:
        return (
            f"http://127.0.0.1:{self.port}"
            + {
                "wecom": "/cgi-bin/webhook/send?key=0b1c-key",
                "dingtalk": "/robot/send?access_token=tok",
                "feishu": "/open-apis/bot/v2/hook/abc",
            }[kind]
        )


@contextmanager
def robot_server() -> Iterator[Robots]:
    """Takes posts of the three robots on a free port."""
    robots = Robots()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            robots.asked.append(self.path)
            if robots.mode == "slow":
                time.sleep(20)
                return
            if robots.mode == "hang up":
                self.close_connection = True
                return
            if robots.mode == "redirect":
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{robots.port}/elsewhere")
                self.end_headers()
                return
            if robots.mode == "broken":
                self.send_error(502)
                return
            answer = (
                b"<html>" if robots.mode == "html" else json.dumps(_answer(robots, self.path, body)).encode()
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    robots.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield robots
    finally:
        server.shutdown()
        server.server_close()


def _answer(robots: Robots, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """As the documentation of each says."""
    parts, query = urlsplit(path), parse_qs(urlsplit(path).query)
    if parts.path == "/cgi-bin/webhook/send":
        if query.get("key") != ["0b1c-key"]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if len(body["text"]["content"].encode()) > 2048:
            return {"errcode": 40058, "errmsg": "content exceed max length"}
        robots.texts.append(("wecom", body["text"]["content"]))
        return {"errcode": 0, "errmsg": "ok"}
    if parts.path == "/robot/send":
        stamp = query.get("timestamp", ["0"])[0]
        wanted = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
        fresh = abs(time.time() * 1000 - int(stamp)) < 3_600_000
        if query.get("sign") != [base64.b64encode(wanted).decode()] or not fresh:
            return {"errcode": 310000, "errmsg": "sign not match"}
        robots.texts.append(("dingtalk", body["text"]["content"]))
        return {"errcode": 0, "errmsg": "ok"}
    stamp = str(body.get("timestamp", "0"))
    wanted = hmac.new(f"{stamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    fresh = abs(time.time() - int(stamp)) < 3600
    if body.get("sign") != base64.b64encode(wanted).decode() or not fresh:
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
    robots.texts.append(("feishu", body["content"]["text"]))
    return {"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"}
