"""The three robots against a server that checks what their documentation asks for."""

import time

import pytest

from tests.notices.servers import SECRET, robot_server
from tracker.notices.errors import TransportError
from tracker.notices.robots import fit, post, request_for

KINDS = ("wecom", "dingtalk", "feishu")


@pytest.fixture
def robots():
    with robot_server() as server:
        yield server


def send(robots, kind, text="【督办】测试", *, secret=SECRET, now=None, url=""):
    post(kind, url=url or robots.url(kind), secret=secret, text=text, now=now or time.time())


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_message_arrives(robots, kind):
    send(robots, kind)
    assert robots.texts == [(kind, "【督办】测试")]


@pytest.mark.parametrize(("kind", "code"), [("dingtalk", "310000"), ("feishu", "19021")])
@pytest.mark.parametrize("fault", [{"secret": "wrong"}, {"now": 1.0}], ids=["wrong secret", "old clock"])
def test_a_wrong_signature_is_refused_and_said(robots, kind, code, fault):
    with pytest.raises(TransportError, match=code):
        send(robots, kind, **fault)
    assert robots.texts == []


def test_a_wrong_key_is_refused_and_said(robots):
    with pytest.raises(TransportError, match="93000"):
        send(robots, "wecom", url=robots.url("wecom") + "x")


@pytest.mark.parametrize("kind", KINDS)
def test_a_redirect_is_not_followed(robots, kind):
    robots.mode = "redirect"
    with pytest.raises(TransportError, match="302"):
        send(robots, kind)
    assert len(robots.asked) == 1


@pytest.mark.parametrize(
    ("mode", "words", "uncertain"),
    [
        pytest.param("broken", "HTTP 502", False, id="server error"),
        pytest.param("hang up", "未收到回应", True, id="no answer"),
        pytest.param("html", "格式不对", False, id="no JSON"),
    ],
)
def test_trouble_is_told_in_words_without_the_key(robots, mode, words, uncertain):
    robots.mode = mode
    with pytest.raises(TransportError, match=words) as caught:
        send(robots, "wecom")
    assert caught.value.uncertain is uncertain
    assert "0b1c-key" not in str(caught.value)


def test_nobody_at_home_is_certain(robots):
    with pytest.raises(TransportError, match="对方拒绝连接") as caught:
        send(robots, "feishu", url="http://127.0.0.1:9/hook")
    assert not caught.value.uncertain


def test_a_long_text_fits_its_robot(robots):
    lines = "\n".join(f"　〔2026〕{n}号 完成第{n}批校舍维修项目验收（超期3个工作日）" for n in range(200))
    send(robots, "wecom", lines)
    text = robots.texts[0][1]
    assert len(text.encode()) <= 2048
    assert text.endswith("……（内容较长，请登录系统查看）")


@pytest.mark.parametrize("limit", [60, 61, 62, 63, 200])
def test_cutting_never_breaks_a_character(limit):
    assert len(fit("校舍" * 200, limit).encode()) <= limit


def test_without_a_secret_nothing_is_signed():
    url, body = request_for(
        "dingtalk", url="https://example.cn/robot/send?access_token=t", secret="", text="x", now=1
    )
    assert (url, body) == (
        "https://example.cn/robot/send?access_token=t",
        {"msgtype": "text", "text": {"content": "x"}},
    )
