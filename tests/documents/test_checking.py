"""Uploads: every fault is named in Chinese, with the placeholder it is about."""

import zipfile
from io import BytesIO

import pytest

from tests.documents.words import docx_text
from tracker.documents.building.blocks import p, tag
from tracker.documents.building.package import Section, document
from tracker.documents.checking import check_template
from tracker.documents.kinds import FORMS
from tracker.documents.refusals import BrokenTemplate
from tracker.documents.rendering import render
from tracker.documents.shelf import shipped

NOTICE = FORMS["notice"]
GOOD = (
    tag("for 单 in 各单")
    + p("{{ 单.文号 }}{{ 单.督办事项 }}{{ 单.牵头单位 }}{{ 单.办结时限 }}")
    + tag("endfor")
)


def word(*paragraphs: str) -> bytes:
    return document([Section("".join(paragraphs))], title="模板")


def problems(content: bytes, form=NOTICE) -> str:
    with pytest.raises(BrokenTemplate) as raised:
        check_template(form, content)
    return "；".join(raised.value.problems)


def test_a_template_with_what_is_needed_passes():
    check_template(NOTICE, word(GOOD))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 督办单位 }}", "不认识的占位符：督办单位"),
        ("{{ 单位全称 }", "花括号不成对"),
        ("{{ 单位全称|拼音 }}", "不认识的过滤器"),
        ("{% 循环 %}", "有不认识的标记"),
        ("{% if 单位全称 %}", "不成对"),
    ],
    ids=["unknown", "brace", "filter", "tag", "unclosed"],
)
def test_a_fault_is_named(text, said):
    assert said in problems(word(GOOD, p(text)))


def test_the_wrong_tag_itself_is_named_and_nothing_of_the_engines_english():
    said = problems(word(GOOD, p("{{ 单位全称 }} {% for 行 in %}")))
    assert "在“{% for 行 in %}”附近" in said
    assert "expression" not in said.lower()


def test_wide_braces_are_named():
    assert "花括号须用半角：｛｛ 单位全称" in problems(word(GOOD, p("｛｛ 单位全称 ｝｝")))


def test_a_placeholder_that_word_cut_into_runs_is_understood():
    cut = p("甲").replace("甲", '{{ 单位</w:t></w:r><w:r><w:t xml:space="preserve">全称 }}')
    check_template(NOTICE, word(GOOD, cut))


def test_an_unknown_column_of_a_list_is_named():
    assert "不认识的占位符：承办人" in problems(word(GOOD.replace("单.文号", "单.承办人")))


def test_every_missing_placeholder_is_named():
    said = problems(word(p("督办通知单")))
    assert all(f"缺少必需的占位符：{name}" in said for name in ("各单", "文号", "办结时限"))


def test_a_loop_that_breaks_the_document_is_refused():
    bad = word(
        GOOD,
        "<w:tbl><w:tr><w:tc>" + p("{% for 单 in 各单 %}</w:t>") + "</w:tc></w:tr></w:tbl>",
        p("{% endfor %}"),
    )
    assert problems(bad)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04nothing", "不是文件".encode()])
def test_what_is_no_docx_is_refused(content):
    assert "不是 Word 文档" in problems(content)


def with_part(name: str, data: bytes) -> bytes:
    stream = BytesIO(word(GOOD))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def test_macros_are_refused():
    assert "宏" in problems(with_part("word/vbaProject.bin", b"x"))


def test_what_fetches_something_from_elsewhere_is_refused():
    rel = b'<Relationships><Relationship Id="r" Type="x/attachedTemplate" Target="http://a.example/t" TargetMode="External"/></Relationships>'
    assert "外部内容" in problems(with_part("word/_rels/settings.xml.rels", rel))


def test_a_bomb_is_refused():
    assert "过大" in problems(with_part("word/media/a.xml", b"\x00" * 70_000_000))


def test_a_template_cannot_reach_beyond_its_values():
    said = problems(word(GOOD, p("{{ 单位全称.__class__.__mro__ }}")))
    assert "__class__" in said


def test_words_are_never_markup_nor_template():
    template = word(p("{{ 甲 }}"))
    text = docx_text(render(template, {"甲": "<b>{{ 7*7 }} & \x07“引号”\x00"}))
    assert text == "<b>{{ 7*7 }} & “引号”"


@pytest.mark.parametrize("kind", ["bulletin", "minutes", "breakdown"])
def test_a_sample_of_another_form_is_refused(kind):
    assert "占位符" in problems(shipped(FORMS[kind]))
