"""附件: what is taken, by content; who may fetch it, and under which name."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items import files
from tracker.items.files import FileRefused, attach, check_files, plain_name
from tracker.items.models import Attachment
from tracker.items.states import EventKind

pytestmark = pytest.mark.usefixtures("wednesday")
PDF = b"%PDF-1.7\n1 0 obj\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


def package(member: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(member, "<x/>")
    return data.getvalue()


def upload(name="验收单.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.DOCX", package("word/document.xml")),
        ("a.xlsx", package("xl/workbook.xml")),
        ("a.pptx", package("ppt/presentation.xml")),
        ("a.ofd", package("OFD.xml")),
        ("a.zip", package("照片.txt")),
        ("a.doc", OLE),
        ("a.wps", OLE),
        ("a.et", package("xl/workbook.xml")),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.txt", "已完成。".encode("gbk")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_an_office_sends_is_taken(name, data):
    check_files([upload(name, data)])


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        pytest.param("a.exe", b"MZ", "附件限 pdf、doc", id="program"),
        pytest.param("a", PDF, "附件限", id="no-suffix"),
        pytest.param("a.html", b"<html>", "附件限", id="page"),
        pytest.param("a.pdf", b"MZ\x90", "内容不是 pdf 格式", id="program-named-pdf"),
        pytest.param("a.docx", package("xl/workbook.xml"), "内容不是 docx 格式", id="sheet-named-docx"),
        pytest.param("a.txt", b"MZ\x90", "内容不是 txt 格式", id="program-named-txt"),
        pytest.param("a.txt", b"a\0b", "内容不是 txt 格式", id="binary-named-txt"),
        pytest.param("a.jpg", b"<svg onload=1>", "内容不是 jpg 格式", id="svg-named-jpg"),
        pytest.param("a.pdf", b"", "空文件", id="empty"),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(name, data, why):
    with pytest.raises(FileRefused, match=why):
        check_files([upload(name, data)])


def test_a_file_over_the_limit_says_how_big_it_is(monkeypatch):
    monkeypatch.setattr(files, "LIMIT_BYTES", 1024 * 1024)
    with pytest.raises(FileRefused, match=r"“a.pdf”有 1.5 MB，超过"):
        check_files([upload("a.pdf", PDF + bytes(1536 * 1024))])


def test_too_many_at_once_are_refused():
    with pytest.raises(FileRefused, match="一次最多上传 10 个"):
        check_files([upload()] * 11)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\桌面\\验收单.pdf", "验收单.pdf"),
        ("../../etc/a.txt", "a.txt"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("", "未命名"),
    ],
)
def test_a_name_keeps_nothing_of_a_path(name, kept):
    assert plain_name(name) == kept


def test_a_long_name_keeps_its_suffix():
    assert (len(plain_name("验" * 300 + ".pdf")), plain_name("验" * 300 + ".pdf")[-4:]) == (120, ".pdf")


def test_the_stored_name_is_ours_and_the_same_file_is_kept_once(item, officer):
    for _ in range(2):
        attach(item=item, by=officer, files=[upload()])
    row = Attachment.objects.get()
    assert row.name == "验收单.pdf"
    assert "验收单" not in row.file.name
    assert "." not in row.file.name
    assert item.events.filter(kind=EventKind.ATTACHED).count() == 1


def test_it_comes_back_as_an_attachment_with_its_chinese_name(as_liaison, item, liaison):
    row = attach(item=item, by=liaison, files=[upload()])[0]
    response = as_liaison.get(reverse("items:attachment", args=[row.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E9%AA%8C%E6%94%B6%E5%8D%95.pdf"
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )


def test_another_departments_file_does_not_exist(client, item, officer):
    row = attach(item=item, by=officer, files=[upload()])[0]
    client.force_login(PersonFactory(roles=[("liaison", DepartmentFactory())]))
    assert client.get(reverse("items:attachment", args=[row.pk])).status_code == 404


def test_a_file_lost_from_the_disk_is_not_found(as_officer, item, officer):
    row = attach(item=item, by=officer, files=[upload()])[0]
    row.file.storage.delete(row.file.name)
    assert as_officer.get(reverse("items:attachment", args=[row.pk])).status_code == 404


def test_files_come_with_a_report_and_stand_on_its_line(as_liaison, item):
    as_liaison.post(
        reverse("items:report", args=[item.pk]),
        {"progress": "桩基完成", "papers": [upload(), upload("照片.jpg", b"\xff\xd8\xff")]},
    )
    assert [row.name for row in item.feedbacks.get().attachments.all()] == ["验收单.pdf", "照片.jpg"]
    page = as_liaison.get(item.get_absolute_url()).content.decode()
    assert "附件：<a" in page
    assert not item.events.filter(kind=EventKind.ATTACHED).exists()


def test_a_refused_file_keeps_the_report_that_was_typed(as_liaison, item):
    form = {"progress": "桩基完成", "papers": upload("a.exe", b"MZ")}
    response = as_liaison.post(reverse("items:report", args=[item.pk]), form)
    assert response.status_code == 422
    assert "“a.exe”不能上传" in response.content.decode()
    assert "桩基完成" in response.content.decode()
    assert not item.feedbacks.exists()


def test_the_page_opens_at_what_is_wrong(as_liaison, item):
    form = {"progress": "桩基完成", "papers": upload("a.exe", b"MZ")}
    page = as_liaison.post(reverse("items:report", args=[item.pk]), form).content.decode()
    assert page.count("autofocus") == 1
    assert page.index("autofocus") < page.index("“a.exe”不能上传")


def test_files_come_with_a_closing_request(as_liaison, item):
    form = {"reason": "已完工", "papers": upload()}
    as_liaison.post(reverse("items:move", args=[item.pk, "submit"]), form)
    assert item.closing_requests.get().attachments.get().name == "验收单.pdf"
    refused = {"reason": "再次报送", "papers": upload("a.pdf", b"MZ")}
    response = as_liaison.post(reverse("items:move", args=[item.pk, "submit"]), refused)
    assert response.status_code == 422


def test_files_alone(as_liaison, item):
    url = reverse("items:attach", args=[item.pk])
    assert "请选择要上传的文件" in as_liaison.post(url).content.decode()
    as_liaison.post(url, {"papers": upload()})
    assert item.attachments.get().name == "验收单.pdf"
