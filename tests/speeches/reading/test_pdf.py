"""The text layer of a PDF: paragraphs joined, page furniture dropped, nothing invented."""

import pytest

from speeches.reading import UnreadableFile, read_document
from speeches.reading.joiner import close_gaps, unwrap
from speeches.reading.pdf import read_pdf
from tests.speeches.reading.makers import pdf, printed

FIRST = (
    "各村要在2026年3月底前把沟渠清理一遍，把机井逐口登记造册，水利站负责汇总，并于4月10日前报镇政府办公室。"
)
SECOND = "一、抓好春灌。农技站要派人下到田间，教会农户看墒情、算水量，宁可多跑几趟，也不能误了农时。"
THIRD = "（一）管好用水。每个泵站要有人值守，停电停水要提前一天通知到户，电力所要备好两台发电机。"


def test_paragraphs_broken_at_the_edge_of_the_paper_are_whole_again():
    assert read_pdf(pdf(printed(FIRST, SECOND, THIRD)))[0] == "\n".join([FIRST, SECOND, THIRD])


def test_a_paragraph_that_runs_over_the_page_is_joined():
    lines = printed(FIRST, SECOND)
    again = [(x, 770 - 28 * at, text) for at, (x, _, text) in enumerate(lines[2:])]
    assert read_pdf(pdf(lines[:2], again))[0] == "\n".join([FIRST, SECOND])


def test_a_centred_title_and_a_salutation_stay_lines_of_their_own():
    title = [(150, 800, "在全镇春灌工作会议上的讲话"), (260, 772, "镇长 王保田"), (73, 744, "同志们：")]
    body = read_document(pdf(title + printed(FIRST, SECOND, top=716))).body
    assert body.split("\n")[:4] == ["在全镇春灌工作会议上的讲话", "镇长 王保田", "同志们：", FIRST]


def test_headers_footers_and_page_numbers_go_and_the_note_counts_them():
    pages = [
        [(73, 810, "青溪镇人民政府文件汇编"), *printed(said), (280, 40, f"— {at} —")]
        for at, said in enumerate((FIRST, SECOND, THIRD), 1)
    ]
    text, notes = read_pdf(pdf(*pages))
    assert text == "\n".join([FIRST, SECOND, THIRD])
    assert notes == ("删去页眉页脚 6 行",)


def test_bare_page_numbers_that_start_elsewhere_go_but_a_year_alone_on_a_line_stays():
    pages = [[*printed(said), (280, 40, str(at))] for at, said in enumerate((FIRST, SECOND), 17)]
    assert read_pdf(pdf(*pages))[0] == "\n".join([FIRST, SECOND])
    assert "2026" in read_pdf(pdf([*printed(FIRST, "年份："), (280, 40, "2026")]))[0].split("\n")


def test_a_page_without_text_among_others_is_named_in_the_notes():
    assert read_pdf(pdf(printed(FIRST), [], printed(SECOND)))[1] == ("第 2 页没有文字层，没有读出",)


def test_a_scan_with_the_same_stamp_on_every_page_holds_no_text():
    stamp = [(200, 30, "扫描助手生成")]
    with pytest.raises(UnreadableFile) as refused:
        read_document(pdf(stamp, stamp, stamp))
    assert refused.value.code == "no_text"


def test_a_text_layer_of_private_signs_is_rubbish_and_said_to_be():
    with pytest.raises(UnreadableFile) as refused:
        read_document(pdf([(73, 700, "\ue001\ue002\ue003\ue004村")]))
    assert refused.value.code == "no_text"
    assert "乱码" in refused.value.message


def test_a_pdf_with_a_password_is_encrypted():
    locked = pdf(
        printed(FIRST),
        trailer="/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{'11' * 32}> /U <{'22' * 32}> >>",
    )
    with pytest.raises(UnreadableFile) as refused:
        read_document(locked)
    assert refused.value.code == "encrypted"


@pytest.mark.parametrize(
    ("printed_line", "line"),
    [
        ("到 2026 年 12 月 31 日", "到2026年12月31日"),
        ("不低于 95 %", "不低于95%"),
        ("镇长 王保田", "镇长 王保田"),
        ("同 志 们 请 安 静", "同志们请安静"),
        ("version 2 of 3", "version 2 of 3"),
    ],
)
def test_gaps_around_digits_close_and_those_between_words_stay(printed_line, line):
    assert close_gaps(printed_line) == line


def test_a_pasted_text_wrapped_at_a_fixed_width_is_unwrapped():
    wrapped = "\n".join(
        ("　" * (2 if x > 80 else 0)) + text for x, _, text in printed(FIRST, SECOND, THIRD, FIRST)
    )
    assert unwrap(wrapped).split("\n") == [FIRST, SECOND, THIRD, FIRST]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(f"{at}.清理第{at}号沟渠" for at in range(1, 12)), id="short-list"),
        pytest.param(
            "\n".join(f"{at}、把第{at}号渠的淤泥全部清到渠外去" for at in range(1, 10)), id="even-list"
        ),
        pytest.param("\n".join([FIRST, SECOND, THIRD] * 4), id="whole-paragraphs"),
    ],
)
def test_a_text_with_its_own_paragraphs_is_not_touched(text):
    assert unwrap(text) == text
