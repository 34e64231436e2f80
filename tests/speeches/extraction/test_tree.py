"""Headings, lead-ins and the path above each segment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction import tree
from speeches.extraction.segment import segments
from speeches.extraction.tree import places

TEXT = """一、夯实基础
（一）修好道路
1.主干道。先修主路。再修支路。
2.桥梁
加固危桥。
二、改善服务
窗口要延时。
"""


def outline(text):
    found = segments(text)
    return [(text[one.start : one.end], place) for one, place in zip(found, places(text, found), strict=True)]


def test_every_segment_knows_the_headings_above_it():
    paths = {piece: place.path for piece, place in outline(TEXT)}

    assert paths["再修支路。"] == ("一、夯实基础", "（一）修好道路", "1.主干道")
    assert paths["加固危桥。"] == ("一、夯实基础", "（一）修好道路", "2.桥梁")
    assert paths["窗口要延时。"] == ("二、改善服务",)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        pytest.param("一、加强领导\n成立专班。", True, id="numbered line"),
        pytest.param("一是加强队伍建设。选派骨干驻村。", True, id="an enumerated title with its details"),
        pytest.param("一是加强队伍建设。", False, id="an enumerated title without details stands for itself"),
        pytest.param("一是选派30名骨干驻村，每季度轮换。定期考核。", False, id="an item with its own detail"),
        pytest.param("扩大优质服务供给。建设三所托育中心。", True, id="topic sentence"),
        pytest.param("要做到“三个到位”：\n人员到位。", True, id="lead-in with a colon"),
        pytest.param("重点抓好以下三项工作。修路。", True, id="lead-in without a colon"),
        pytest.param(
            "6.严禁租用无证车辆，发现一起查处一起。\n此事关系重大。",
            False,
            id="a ban before a plain paragraph",
        ),
        pytest.param(
            "3.由基建科牵头排查。\n此事关系重大。", False, id="who does it, before a plain paragraph"
        ),
        pytest.param("二、持续改善服务。\n窗口要延时。", True, id="a numbered title with its full stop"),
        pytest.param("请把门锁好。明天检查。", False, id="a short instruction is no topic"),
    ],
)
def test_what_only_names_the_following_is_a_heading(text, heading):
    _, place = outline(text)[0]

    assert place.heading is heading


def test_an_item_number_may_be_glued_to_a_month():
    _, place = outline("一、抓安全\n1.5月25日前，各站点把水泵试一遍。\n2.6月底前完成改造。\n")[1]
    assert (place.rank, place.skip) == (4, 2)


def test_numbers_may_restart_or_be_missing():
    paths = [place.path for _, place in outline("一、甲项\n修路。\n三、丙项\n架桥。\n一、又一项\n挖渠。\n")]

    assert paths == [(), ("一、甲项",), (), ("三、丙项",), (), ("一、又一项",)]


@given(
    st.lists(
        st.sampled_from(
            [
                "做好",
                "抓好",
                "三个",
                "两项",
                "工作",
                "方面",
                "。",
                "；",
                "，",
                "！",
                "：",
                "”",
                "\n",
                "开会" * 9,
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_what_is_passed_over_is_no_heading(text):
    found = segments(text)
    where = places(text, found)
    for at, segment in enumerate(found):
        if not where[at].rank and tree._is_plain(text, segment):
            assert not tree._is_heading(text, found, where, at)
