"""A Word document as text: the twenty things that other readers get wrong."""

import io

import docx as python_docx
import pytest

from speeches.reading import read_document
from speeches.reading.docx import read_docx
from tests.speeches.reading.makers import docx, levels, numbering, p, run, table

OFFICIAL = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


def text(body: str, **parts: str) -> str:
    return read_docx(docx(body, **parts))[0]


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in text(body, **parts).split("\n") if line]


def test_the_levels_of_an_official_document_are_numbered_and_start_anew_under_each_heading():
    body = "".join(
        p(said, num=1, level=level)
        for said, level in [
            ("修路", 0),
            ("备料", 1),
            ("石子", 2),
            ("沙子", 2),
            ("开工", 1),
            ("钢筋", 2),
            ("种树", 0),
            ("选苗", 1),
            ("挖坑", 3),
        ]
    )
    assert lines(body, numbering=numbering(*OFFICIAL)) == [
        "一、修路", "（一）备料", "1.石子", "2.沙子", "（二）开工", "1.钢筋", "二、种树", "（一）选苗", "①挖坑",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fmt", "shape", "shown"),
    [
        pytest.param("chineseCountingThousand", "第%1条", "第三条 甲方", id="article"),
        pytest.param("chineseCounting", "第%1章", "第三章 甲方", id="chapter"),
        pytest.param("decimal", "%1)", "3)甲方", id="digit-bracket"),
        pytest.param("decimalEnclosedCircleChinese", "%1", "③甲方", id="circled"),
        pytest.param("upperRoman", "%1.", "III.甲方", id="roman"),
        pytest.param("lowerLetter", "%1.", "c.甲方", id="letter"),
        pytest.param("ideographTraditional", "%1、", "丙、甲方", id="stems"),
        pytest.param("chineseLegalSimplified", "%1、", "叁、甲方", id="formal"),
        pytest.param("decimal", "%1", "3 甲方", id="bare-digit-keeps-a-gap"),
        pytest.param("bullet", "\uf0b7", "甲方", id="bullet-has-no-text"),
    ],
)
def test_the_third_item_carries_its_number_in_the_format_of_the_list(fmt, shape, shown):
    body = p("先", num=1) + p("后", num=1) + p("甲方", num=1)
    assert lines(body, numbering=numbering((fmt, shape)))[-1] == shown


def test_a_style_brings_its_number_and_an_empty_paragraph_uses_one_up_unseen():
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="H1"/></w:style>'
    )
    body = p("防汛", style="H1") + p("", style="H1") + p("抗旱", style="Own")
    assert lines(body, numbering=numbering(*OFFICIAL), styles=styles) == ["一、防汛", "三、抗旱"]


def test_a_paragraph_can_refuse_the_number_of_its_style():
    styles = '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = p("防汛", style="H1") + p("说明", style="H1", num=0)
    assert lines(body, numbering=numbering(*OFFICIAL), styles=styles) == ["一、防汛", "说明"]


def test_two_lists_of_one_kind_go_on_counting_unless_the_second_has_its_own_start():
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = p("甲", num=1) + p("乙", num=2) + p("丙", num=3) + p("丁", num=3)
    assert lines(body, numbering=numbering(*OFFICIAL) + again + anew) == [
        "一、甲",
        "二、乙",
        "一、丙",
        "二、丁",
    ]


def test_legal_numbering_writes_the_chapter_in_digits():
    legal = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2")).replace(
        '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>'
    )
    root = f'<w:abstractNum w:abstractNumId="0">{legal}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert lines(p("总则", num=1) + p("目的", num=1, level=1), numbering=root) == ["第一章 总则", "1.1 目的"]


def test_a_number_typed_by_hand_stays_as_typed():
    assert lines(p("一、修好水渠") + p("（一）清淤")) == ["一、修好水渠", "（一）清淤"]


def test_tracked_insertions_are_kept_and_deletions_dropped():
    body = p(
        "镇上",
        inside=f"<w:ins>{run('务必')}</w:ins><w:del><w:r><w:delText>尽量</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('三月')}</w:moveTo>{run('完工')}",
    )
    said, notes = read_docx(docx(body))
    assert said == "镇上务必三月完工"
    assert notes == ("略去修订中已删除的文字 2 处",)


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('桥梁')}</w:p>"
    assert lines(first + p("检修")) == ["桥梁检修"]


def test_a_table_row_is_one_line_and_a_merged_cell_is_said_once():
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    gone = "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(("任务", "单位"), (down + p("清淤"), "水利站"), (gone + p(""), "青溪村"))
    assert lines(body) == ["任务｜单位", "清淤｜水利站", "青溪村"]


def test_a_nested_table_is_read_inside_its_cell():
    assert lines(table(("外", table(("内一", "内二")) + p()))) == ["外｜内一｜内二"]


def test_a_table_that_only_lays_out_prose_keeps_its_paragraphs():
    said = "各村要把机井逐一登记，写明位置和管护人。" * 8
    assert lines(table((p("议定事项"), p(said) + p("一、修井。")))) == ["议定事项", said, "一、修井。"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{p('附注一条')}</w:txbxContent>"
    inside = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p("正文一句。", inside=inside) + p("正文二句。")) == ["正文一句。", "附注一条", "正文二句。"]


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f"<w:sdt><w:sdtContent>{run('四月')}</w:sdtContent></w:sdt>", id="content-control"),
        pytest.param(f"<w:hyperlink r:id='x'>{run('四月')}</w:hyperlink>", id="hyperlink"),
        pytest.param(f"<w:smartTag>{run('四月')}</w:smartTag>", id="smart-tag"),
        pytest.param(f"<w:fldSimple w:instr=' DATE '>{run('四月')}</w:fldSimple>", id="field"),
        pytest.param(
            f"<w:r><w:instrText>REF a</w:instrText></w:r>{run('四月')}<w:r><w:commentReference/></w:r>",
            id="field-code",
        ),
    ],
)
def test_text_inside_wrappers_is_kept_and_codes_are_not(inside):
    assert lines(p("定于", inside=inside + run("开工"))) == ["定于四月开工"]


def test_hidden_text_and_the_table_of_contents_are_left_out_and_said_so():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、修路 1')}</w:sdtContent></w:sdt>"
    )
    said, notes = read_docx(docx(contents + p("正文", inside=hidden)))
    assert said == "正文"
    assert notes == ("略去目录 1 处", "略去隐藏文字 1 处")


def test_line_breaks_tabs_and_ruby_come_out_as_text():
    ruby = f"<w:r><w:ruby><w:rt>{run('jùn')}</w:rt><w:rubyBase>{run('浚')}</w:rubyBase></w:ruby></w:r>"
    assert lines(p("甲", inside=f"<w:r><w:br/></w:r>{run('乙')}<w:r><w:tab/></w:r>{ruby}")) == ["甲", "乙 浚"]


def test_a_document_saved_by_a_common_library_is_read_with_its_title_and_header_left_out():
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph("在全镇春季植树工作会议上的讲话")
    document.add_paragraph("同志们：")
    document.add_paragraph("各村四月底前要把树苗栽完，林业站逐村验收。")
    out = io.BytesIO()
    document.save(out)
    reading = read_document(out.getvalue(), name="讲话.docx")
    assert (
        reading.body == "在全镇春季植树工作会议上的讲话\n同志们：\n各村四月底前要把树苗栽完，林业站逐村验收。"
    )
    assert reading.meta.meeting == "全镇春季植树工作会议"
