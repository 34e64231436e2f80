"""The office's own templates: upload, use, restore."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.documents.conftest import content
from tests.documents.test_checking import GOOD, p, word
from tests.documents.words import docx_text
from tracker.documents.models import DocumentTemplate

URL = ("documents:template", ["notice"])


def upload(client, data: bytes):
    return client.post(reverse(URL[0], args=URL[1]), {"file": SimpleUploadedFile("本局通知单.docx", data)})


def test_an_uploaded_template_is_used(client, administrator, ledger, make):
    client.force_login(administrator)
    assert upload(client, word(GOOD, p("本局专用"))).status_code == 302
    assert "本局专用" in docx_text(content(make("notice", source="items", items=[ledger["late"].pk])))
    assert "本局通知单.docx" in client.get(reverse("documents:templates")).content.decode()


def test_a_faulty_one_is_named_and_the_old_one_stays(client, administrator, ledger, make):
    client.force_login(administrator)
    response = upload(client, word(GOOD, p("{{ 督办单位 }}")))
    assert response.status_code == 422
    assert "不认识的占位符：督办单位" in response.content.decode()
    assert not DocumentTemplate.objects.exists()


def test_the_sample_can_be_restored(client, administrator, ledger, make):
    client.force_login(administrator)
    upload(client, word(GOOD, p("本局专用")))
    client.post(reverse("documents:restore", args=["notice"]))
    assert "本局专用" not in docx_text(content(make("notice", source="items", items=[ledger["late"].pk])))


def test_every_sample_can_be_downloaded_by_an_officer(as_officer, office):
    response = as_officer.get(reverse("documents:sample", args=["bulletin"]))
    assert "期号" in docx_text(response.content)


def test_an_excel_form_has_no_template(client, administrator, office):
    client.force_login(administrator)
    assert client.get(reverse("documents:template", args=["summary"])).status_code == 404


def test_the_page_lists_the_placeholders(client, administrator, office):
    client.force_login(administrator)
    page = client.get(reverse(URL[0], args=URL[1])).content.decode()
    assert "{{ 行.督办事项 }}" in page
    assert "{{ 数据截至 }}" in page
