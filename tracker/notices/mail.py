"""E-mail through Django's SMTP backend, with the administrator's server or the environment's."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from tracker.notices.errors import TransportError
from tracker.notices.models import Channel

TIMEOUT = 10


def server_of(channel: Channel) -> dict[str, Any]:
    """The connection's arguments; a channel without a host uses the environment's server."""
    if not channel.host:
        return {"timeout": TIMEOUT}
    usual = {Channel.Security.SSL: 465, Channel.Security.STARTTLS: 587, Channel.Security.NONE: 25}
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": channel.host,
        "port": channel.port or usual[Channel.Security(channel.security)],
        "username": channel.username,
        "password": channel.opened[1],
        "use_ssl": channel.security == Channel.Security.SSL,
        "use_tls": channel.security == Channel.Security.STARTTLS,
        "timeout": TIMEOUT,
    }


@contextmanager
def mailer(channel: Channel) -> Iterator[Any]:
    """An open connection; raises `TransportError` when there is none to be had."""
    if not channel.host and not settings.EMAIL_HOST:
        raise TransportError("没有填写 SMTP 服务器，环境变量 EMAIL_HOST 也未设置")
    connection = get_connection(**server_of(channel))
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise TransportError(f"账号或密码被拒绝：{_said(error)}") from None
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        raise TransportError(f"连接不上邮件服务器：{_said(error)}") from None
    try:
        yield connection
    finally:
        connection.close()


def post(connection: Any, channel: Channel, *, to: str, subject: str, text: str) -> None:
    """Send one mail over an open connection."""
    sender = channel.sender or channel.username or settings.DEFAULT_FROM_EMAIL
    mail = EmailMessage(
        " ".join(subject.split()), text, sender, [to], connection=connection,
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused:
        raise TransportError("收件地址被邮件服务器拒绝", recipient=True) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise TransportError(f"邮件服务器拒收：{_said(error)}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise TransportError(f"发送中断：{_said(error)}", uncertain=True) from None
    except (BadHeaderError, ValueError, UnicodeError):
        raise TransportError("收件地址格式不对", recipient=True) from None


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[
            :160
        ]
    if isinstance(error, TimeoutError):
        return "超时"
    return (getattr(error, "strerror", None) or type(error).__name__)[:160]
