"""The upload page, with what people really hand in."""

import io
import time
import zipfile
from datetime import date

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from speeches import jobs
from speeches.models import Speech
from tests.speeches.texts import SHORT

URL = "/speeches/upload/"


def file(data: bytes = SHORT.encode(), name: str = "讲话.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def empty_pdf() -> bytes:
    """A page on which nothing is written."""
    import pypdfium2

    out = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(out)
    return out.getvalue()


def empty_docx() -> bytes:
    """A zip that calls itself a docx."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/nothing.txt", "nothing")
    return out.getvalue()


def test_the_page_offers_a_file_and_a_paste(as_officer):
    page = as_officer.get(URL)
    assert page.status_code == 200
    assert b'type="file"' in page.content
    assert b"<textarea" in page.content


def test_the_limit_is_told_in_megabytes_and_to_the_script_in_bytes(as_officer, settings):
    settings.UPLOAD_LIMIT_BYTES = 20 * 2**20
    html = as_officer.get(URL).content.decode()
    assert "不超过 20 MB" in html
    assert 'data-limit="20971520"' in html


def test_an_uploaded_file_opens_its_progress_page(as_officer):
    page = as_officer.post(URL, {"file": file(), "title": "校舍讲话", "held_on": "2026年4月10日"})
    speech = Speech.objects.get()
    assert page.url == reverse("speeches:detail", args=[speech.pk])
    assert (speech.title, speech.held_on, speech.file_name) == ("校舍讲话", date(2026, 4, 10), "讲话.txt")


def test_a_pasted_text_is_read_like_a_file(as_officer):
    as_officer.post(URL, {"text": SHORT.replace("\n", "\r\n")})
    speech = Speech.objects.get()
    assert jobs.extract_speech(speech.pk) == "done"


def test_a_second_upload_opens_the_first_and_says_so(as_officer, second_officer):
    as_officer.post(URL, {"file": file()})
    as_officer.force_login(second_officer)
    page = as_officer.post(URL, {"file": file(name="改名.txt")}, follow=True)
    assert Speech.objects.count() == 1
    assert "上传过，没有重复保存" in page.content.decode()


@pytest.mark.parametrize(
    ("post", "says"),
    [
        pytest.param({}, "请选择一个文件，或粘贴讲话的文字", id="nothing"),
        pytest.param({"file": "只是文字"}, "请选择一个文件", id="a file that is no file"),
        pytest.param({"text": " \n　"}, "请选择一个文件", id="blanks pasted"),
        pytest.param({"file": lambda: file(b"")}, "文件是空的", id="empty file"),
        pytest.param({"file": lambda: file(b"", "讲话.docx")}, "文件是空的", id="0-byte docx"),
        pytest.param({"file": file, "text": "另一份"}, "只能选一种", id="both"),
        pytest.param({"file": file, "held_on": "四月三十二"}, "不是有效日期", id="a date that is no date"),
        pytest.param({"file": file, "held_on": "2026-02-30"}, "不是有效日期", id="30 February"),
        pytest.param({"file": file, "kind": "poem"}, "poem", id="unknown kind"),
        pytest.param({"text": "字" * 500_001}, "50 万字", id="paste too long"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_the_form(as_officer, post, says):
    filled = {name: value() if callable(value) else value for name, value in post.items()}
    page = as_officer.post(URL, filled)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not Speech.objects.exists()


def test_typed_text_stays_in_a_refused_form(as_officer):
    page = as_officer.post(URL, {"text": "讲话全文", "held_on": "无此日", "speaker": "秦望舒"})
    assert "讲话全文</textarea>" in page.content.decode()
    assert 'value="秦望舒"' in page.content.decode()


def test_30_megabytes_are_refused_by_their_size_without_being_read(as_officer, monkeypatch):
    from django.core.files.uploadedfile import TemporaryUploadedFile

    def read(*_):
        raise AssertionError("read into memory")

    monkeypatch.setattr(TemporaryUploadedFile, "chunks", read)
    page = as_officer.post(URL, {"file": file(bytes(30 * 1024 * 1024), "录像.docx")})
    assert page.status_code == 422
    assert "超过上限 20.0" in page.content.decode()
    assert not Speech.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(b"MZ\x90\x00" + bytes(500), "讲话.docx", "program", id="renamed exe"),
        pytest.param(empty_pdf(), "讲话.pdf", "no_text", id="PDF without text"),
        pytest.param(empty_docx(), "讲话.docx", "damaged", id="zip without a document"),
        pytest.param(b"\n \t\n", "讲话.txt", "empty", id="only blanks"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(200), "讲话.docx", "picture", id="picture"),
    ],
)
def test_an_unreadable_file_is_kept_as_failed_with_what_to_do(as_officer, data, name, code):
    as_officer.post(URL, {"file": file(data, name)})
    speech = Speech.objects.get()
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    page = as_officer.get(speech.get_absolute_url()).content.decode()
    assert (speech.state, speech.error_code) == ("failed", code)
    assert speech.error_message in page
    assert speech.error_advice in page
    assert "重试" in page


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_an_upload_succeeds_at_once(as_officer, monkeypatch, tmp_path):
    for name in ("broker_url", "broker_write_url"):
        monkeypatch.setattr(current_app.conf, name, f"redis+socket://{tmp_path / 'nobody.sock'}")
    began = time.monotonic()
    page = as_officer.post(URL, {"file": file()}, follow=True)
    assert time.monotonic() - began < 10  # a client that waits for its broker hangs far longer
    assert "已保存，待处理" in page.content.decode()
    assert Speech.objects.get().state == "queued"


@pytest.mark.parametrize(
    ("who", "status"), [("liaison", 403), ("leader", 403), ("principal", 403), ("officer", 200)]
)
def test_only_officers_upload(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, {"text": SHORT}).status_code == (302 if status == 200 else 403)


def test_upload_needs_login(client, db):
    assert client.get(URL).url.startswith("/login/")
