"""Group robots of 企业微信, 钉钉 and 飞书: one POST each, signed as their documentation says."""

import base64
import hashlib
import hmac
import http.client
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote_plus, urlsplit

from tracker.notices.errors import TransportError

TIMEOUT = 10
# Bytes of text each takes; longer ones are refused by them.
LIMITS = {"wecom": 2048, "dingtalk": 18_000, "feishu": 18_000}
_CUT = "\n……（内容较长，请登录系统查看）"


def request_for(kind: str, *, url: str, secret: str, text: str, now: float) -> tuple[str, dict[str, Any]]:
    """The address and the JSON body of one message. `now` is the time in seconds, part of the signature."""
    text = fit(text, LIMITS[kind])
    if kind == "feishu":
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(now))
            # 飞书 takes the string to sign as the key of an empty message.
            body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}", "")}
        return url, body
    if kind == "dingtalk" and secret:
        stamp = str(int(now * 1000))
        sign = quote_plus(_sign(secret, f"{stamp}\n{secret}"))
        url += f"{'&' if urlsplit(url).query else '?'}timestamp={stamp}&sign={sign}"
    return url, {"msgtype": "text", "text": {"content": text}}


def fit(text: str, limit: int) -> str:
    """`text` in at most `limit` bytes of UTF-8, cut at the end of a line where possible."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - len(_CUT.encode())].decode(errors="ignore")
    return (kept.rsplit("\n", 1)[0] or kept) + _CUT


def post(kind: str, *, url: str, secret: str, text: str, now: float) -> None:
    """Send one message. Raises `TransportError`, whose words never hold the address or the secret."""
    address, body = request_for(kind, url=url, secret=secret, text=text, now=now)
    data = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "duban"}
    try:
        with _opener().open(urllib.request.Request(address, data, headers), timeout=TIMEOUT) as response:
            _check(response.read(65_536))
    except urllib.error.HTTPError as error:
        error.close()
        raise TransportError(f"对方服务器返回 HTTP {error.code}") from None
    except urllib.error.URLError as error:
        raise TransportError(f"连接不上：{_plain(error.reason)}") from None
    except (OSError, http.client.HTTPException) as error:
        # The request had left when this happened.
        raise TransportError(f"未收到回应：{_plain(error)}", uncertain=True) from None
    except ValueError:
        raise TransportError("地址或回应的格式不对") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot answers itself; a redirect would carry the key to somebody else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirect)


def _sign(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def _check(answer: bytes) -> None:
    """All three say 0 for success, under two names."""
    said = json.loads(answer)
    if not isinstance(said, dict):
        raise ValueError
    code = said.get("errcode", said.get("code", said.get("StatusCode")))
    if code != 0:
        raise TransportError(f"被拒绝：{code} {said.get('errmsg') or said.get('msg') or ''}"[:200])


def _plain(error: object) -> str:
    """The kind of trouble, in words where we know them."""
    if isinstance(error, TimeoutError):
        return "超时"
    if isinstance(error, ConnectionRefusedError):
        return "对方拒绝连接"
    return (
        type(error).__name__ if not isinstance(error, OSError) else (error.strerror or type(error).__name__)
    )
