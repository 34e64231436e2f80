"""Cutting a speech into segments."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from speeches.extraction.segment import segments


def pieces(text):
    return [text[one.start : one.end] for one in segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("开会。散会！", ["开会。", "散会！"], id="sentences"),
        pytest.param("修路；架桥。", ["修路；", "架桥。"], id="semicolons"),
        pytest.param(
            "做到：一是修路，二是架桥。", ["做到：", "一是修路，", "二是架桥。"], id="inline enumerators"
        ),
        pytest.param(
            "他说“修路。架桥。”就走。", ["他说“修路。架桥。”", "就走。"], id="a quotation ends its sentence"
        ),
        pytest.param("他说“修路；架桥”就走。", ["他说“修路；架桥”就走。"], id="no cut inside a quotation"),
        pytest.param("修路（先主路；后支路）。", ["修路（先主路；后支路）。"], id="no cut inside a bracket"),
        pytest.param(
            "修路。（责任单位：交通局）",
            ["修路。（责任单位：交通局）"],
            id="an owner bracket closes its sentence",
        ),
        pytest.param(
            "一、提高认识，增强紧迫感 今年是全县交通建设的关键之年，任务很重。",
            ["一、提高认识，增强紧迫感", "今年是全县交通建设的关键之年，任务很重。"],
            id="a heading stuck to its body",
        ),
        pytest.param(
            "第一步修路。实行，\n双人值班。",
            ["第一步修路。", "实行，\n双人值班。"],
            id="a broken line is joined",
        ),
        pytest.param("修路\n一、架桥", ["修路", "一、架桥"], id="a heading is never joined"),
        pytest.param(
            "“修路。架桥", ["“修路。", "架桥"], id="an unbalanced quotation does not swallow the text"
        ),
        pytest.param("……\n　\n***", [], id="nothing to read"),
    ],
)
def test_a_text_is_cut_where_roles_change(text, expected):
    assert pieces(text) == expected


def test_segments_know_whether_they_open_and_close_their_line():
    one, two, three = segments("修路。架桥。\n挖渠。")

    assert (one.first, one.last) == (True, False)
    assert (two.first, two.last) == (False, True)
    assert (three.first, three.last) == (True, True)


_OF_ENUMERATORS = st.lists(
    st.sampled_from(
        ["：", "，", "一是", "二要", "首先", "最后", "第一", "三、", "要", "抓好工作", " ", "；", "。"]
    ),
    max_size=9,
).map("".join)


@given(_OF_ENUMERATORS, _OF_ENUMERATORS)
def test_a_sentence_is_cut_alike_whatever_follows_it(one, other):
    one += "。"
    alone = [(segment.start, segment.end) for segment in segments(one)]
    behind = [(segment.start + len(one), segment.end + len(one)) for segment in segments(other)]
    assume(not other.startswith(("。", "；")))  # several marks are one
    assert [(segment.start, segment.end) for segment in segments(one + other)] == alone + behind
