"""What holds for the whole site: headers, cookies, errors, the login, and no style or script in the pages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from tracker.errors import server_error

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\ssrc=)|javascript:|hx-on|hx-vals=.?js:", re.IGNORECASE
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_inline_style_or_script(template):
    markup = re.sub(r"{%.*?%}", "", template.read_text())
    assert INLINE.findall(markup) == []


@pytest.mark.parametrize("address", ["/login/", "/", "/healthz", "/nowhere/", "/items/", "/settings/"])
def test_every_answer_carries_the_policy(as_liaison, address):
    policy = as_liaison.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_nul_in_the_address_is_left_out(as_officer):
    page = as_officer.get(reverse("items:ledger") + "?q=%00消防%00通道")
    assert page.status_code == 200
    assert page.wsgi_request.GET["q"] == "消防通道"


def test_a_nul_in_a_form_is_left_out_and_a_file_stays_as_it_is(as_officer):
    file = SimpleUploadedFile("讲话.txt", b"a\x00b")
    answer = as_officer.post(reverse("speeches:upload"), {"title": "防汛\x00会议", "file": file})
    assert answer.wsgi_request.POST["title"] == "防汛会议"
    assert answer.wsgi_request.FILES["file"].size == 3


def test_a_page_that_fails_says_so_in_chinese_and_without_a_traceback(as_officer, monkeypatch, caplog):
    monkeypatch.setattr("tracker.items.views.ledger.Listing", None)
    as_officer.raise_request_exception = False
    response = as_officer.get(reverse("items:ledger"))
    page = response.content.decode()
    assert response.status_code == 500
    assert "系统出现意外错误" in page
    assert "Traceback" not in page
    assert any(record.exc_info for record in caplog.records)


def test_the_page_for_failures_needs_no_database():
    assert server_error(RequestFactory().get("/")).status_code == 500  # no `db` fixture: a query would raise


def test_a_foreign_host_name_is_told_what_to_do(client):
    response = client.get("/login/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "ALLOWED_HOSTS" in response.content.decode()


def test_a_post_without_its_token_is_refused(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    response = client.post(reverse("items:bulk"), {"action": "issue"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


@pytest.fixture
def member(officer, settings):
    settings.AXES_ENABLED = True
    officer.set_password("right-2026")
    officer.save()
    return officer


def sign_in(client, member, password, **more):
    return client.post(reverse("login"), {"username": member.username, "password": password, **more})


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_login_leads_nowhere_else(client, member, target):
    assert sign_in(client, member, "right-2026", next=target).url == "/"


def test_eight_wrong_passwords_lock_and_a_new_password_unlocks(client, member, administrator):
    codes = [sign_in(client, member, "wrong").status_code for _ in range(8)]
    assert codes == [200] * 7 + [429]
    locked = sign_in(client, member, "right-2026")
    assert locked.status_code == 429
    assert "账号已锁定" in locked.content.decode()
    office = Client()
    office.force_login(administrator)
    office.post(reverse("org:password", args=[member.pk]))
    member.refresh_from_db()
    member.set_password("right-2026")
    member.save()
    assert sign_in(client, member, "right-2026").status_code == 302


def test_the_deployment_check_is_clean_behind_https(tmp_path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "HTTPS": "1",
        "TRACKER_VAR": str(tmp_path),
        "ALLOWED_HOSTS": "duban.example",
    }
    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert check.returncode == 0, check.stderr
