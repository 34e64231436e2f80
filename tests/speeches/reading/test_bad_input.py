"""What is no readable document gets a typed error in words a clerk can act on."""

import io
import pickle
import zipfile

import pytest

from speeches.reading import UnreadableFile, read_document, read_text
from speeches.reading.limits import Limits
from tests.speeches.reading.makers import docx, p, pdf, printed, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0" * 100


BAD = {
    "no-bytes": (b"", "empty"),
    "only-blanks": (b" \r\n\xef\xbb\xbf", "empty"),
    "only-zeros": (b"\0" * 4096, "empty"),
    "renamed-exe": (b"MZ\x90\0\x03\0\0\0\x04" + b"\0\xff" * 300, "program"),
    "linux-program": (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "program"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
    "rar": (b"Rar!\x1a\x07\x01\0", "archive"),
    "zip-of-texts": (zipped({"a.txt": "text"}), "archive"),
    "cut-docx": (docx(p("text" * 500))[:-200], "damaged"),
    "docx-with-broken-xml": (docx("<w:p>"), "damaged"),
    "xlsx": (docx("", main=SHEET), "spreadsheet"),
    "pptx": (docx("", main=SLIDES), "presentation"),
    "docm": (docx(p("text"), main=MACRO), "macro"),
    "docx-with-macro": (docx(p("text"), **{"word/vbaProject.bin": "x"}), "macro"),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "legacy"),
    "ofd": (zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "ofd"),
    "doc": (ole("WordDocument"), "legacy"),
    "xls": (ole("Workbook"), "spreadsheet"),
    "ppt": (ole("PowerPoint Document"), "presentation"),
    "docx-with-password": (ole("EncryptedPackage"), "encrypted"),
    "rtf": (rb"{\rtf1\ansi text}", "legacy"),
    "mht": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "legacy"),
    "docx-without-text": (docx(p("")), "empty"),
    "pdf-without-text": (pdf([]), "no_text"),
    "cut-pdf": (b"%PDF-1.4\n1 0 obj\n<< /Type", "damaged"),
    "binary-noise": (bytes(range(256)) * 40, "unknown_type"),
}


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_its_own_code_and_words(data, code):
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, name="讲话.docx")
    assert refused.value.code == code
    assert refused.value.message.endswith("。")
    assert refused.value.advice.endswith("。")


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param({"file_size": 100}, id="file"),
        pytest.param({"part_size": 100}, id="part"),
        pytest.param({"characters": 30}, id="characters"),
    ],
)
def test_a_document_beyond_a_limit_is_too_large(limits):
    with pytest.raises(UnreadableFile) as refused:
        read_document(docx(p("各村要清淤。" * 20)), limits=Limits(**limits))
    assert refused.value.code == "too_large"


def test_thirty_megabytes_are_refused_without_being_looked_into():
    with pytest.raises(UnreadableFile) as refused:
        read_document(b"PK\x03\x04" + b"\0" * (30 * 1024 * 1024))
    assert refused.value.code == "too_large"
    assert "20 MB" in refused.value.message


def test_a_pdf_with_too_many_pages_or_characters_is_too_large():
    data = pdf(printed("各村要清淤。"), printed("各组要巡查。"))
    for limits in (Limits(pages=1), Limits(characters=8)):
        with pytest.raises(UnreadableFile) as refused:
            read_document(data, limits=limits)
        assert refused.value.code == "too_large"


def test_a_pasted_text_beyond_the_limit_is_too_large():
    with pytest.raises(UnreadableFile) as refused:
        read_text("各村要清淤。" * 10, limits=Limits(characters=20))
    assert refused.value.code == "too_large"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = docx(p("text"), **{"word/media/a.bin": "0" * 30_000_000})
    with pytest.raises(UnreadableFile) as refused:
        read_document(bomb)
    assert refused.value.code == "unsafe"


def test_a_part_longer_than_the_directory_says_is_not_read_past_the_limit():
    data = bytearray(docx(p("各村要清淤。" * 2000)))
    for entry in zipfile.ZipFile(io.BytesIO(bytes(data))).infolist():
        if entry.filename == "word/document.xml":
            at = data.rfind(entry.filename.encode()) - 46
            data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableFile):
        read_document(bytes(data), limits=Limits(part_size=5000))


def test_too_many_entries_are_unsafe():
    with pytest.raises(UnreadableFile) as refused:
        read_document(docx(p("text"), **{f"x{at}": "" for at in range(20)}), limits=Limits(zip_entries=10))
    assert refused.value.code == "unsafe"


def test_an_entity_in_the_xml_is_never_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    evil = (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "yy">]>'
        '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>正文&x;&y;</w:t></w:r></w:p></w:body></w:document>'
    )
    with pytest.raises(UnreadableFile) as refused:
        read_document(docx("", **{"word/document.xml": evil}))
    assert refused.value.code == "unsafe"


def test_very_deep_xml_is_refused_and_does_not_break_the_process():
    deep = "<w:sdt>" * 3000 + "</w:sdt>" * 3000
    with pytest.raises(UnreadableFile) as refused:
        read_document(docx(deep))
    assert refused.value.code == "damaged"


def test_the_failure_survives_the_trip_from_a_worker():
    with pytest.raises(UnreadableFile) as refused:
        read_document(b"")
    again = pickle.loads(pickle.dumps(refused.value))
    assert (again.code, again.message, again.advice) == ("empty", refused.value.message, refused.value.advice)


@pytest.mark.parametrize("text", ["BM机关后勤工作会议纪要：各科要节电。", "MZ镇会议纪要：各村要清淤。"])
def test_a_text_that_starts_like_a_picture_or_a_program_is_still_a_text(text):
    assert read_document(text.encode()).body == text
