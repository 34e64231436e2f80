"""Figures with their direction, and counted groups spelt out into names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction.figures import _AFTER_NUMBER, _FIGURE, _NUMBER, find_figures, find_items
from tests.speeches.extraction.growth import grows_with_its_text

TARGETS = [
    ("count", "新建改建幼儿园8所，新增学位2000个。", [("8所", "="), ("2000个", "=")]),
    ("percent-within", "初中辍学率控制在1.5%以内。", [("1.5%以内", "<=")]),
    ("percent-at-least", "毛入园率达到95%以上。", [("95%以上", ">=")]),
    ("reach", "产值达到780亿元。", [("780亿元", ">=")]),
    ("break-through", "产业规模突破100亿元。", [("100亿元", ">=")]),
    ("at-least", "每学期开展不少于2次演练。", [("不少于2次", ">=")]),
    ("not-less", "夜间值班不得少于2人。", [("不得少于2人", ">=")]),
    ("at-most", "单价不超过30元。", [("不超过30元", "<=")]),
    ("over", "财政投入超过3亿元。", [("超过3亿元", ">=")]),
    ("about", "增长6%左右。", [("6%左右", "=")]),
    ("range", "增长5%－6%。", [("5%－6%", "=")]),
    ("range-with-hyphen", "建设3-5个示范点。", [("3-5个示范点", "=")]),
    ("project-count", "开工建设7个项目。", [("7个项目", "=")]),
    ("chinese-count", "组成两个督查组。", [("两个督查组", "=")]),
    ("one-school", "新建一所公办高中。", [("一所", "=")]),
    ("scale", "完成植树造林12万亩。", [("12万亩", "=")]),
    ("decimal", "落实资金2.76亿元。", [("2.76亿元", "=")]),
    ("share", "一般性支出压减三分之一以上。", [("三分之一以上", ">=")]),
    ("half", "年底前清偿一半以上。", [("一半以上", ">=")]),
    ("full-coverage", "实现监测全覆盖。", [("全覆盖", "=")]),
    ("new-value-only", "报销比例由50%提高到60%。", [("60%", ">=")]),
    ("response-time", "接到报警10分钟内出动。", [("10分钟内", "=")]),
    ("per-mille", "受害率控制在0.3‰以内。", [("0.3‰以内", "<=")]),
    ("people", "培训骨干教师600人次。", [("600人次", "=")]),
    ("money-each", "每村奖励5000元。", [("5000元", "=")]),
]  # fmt: skip

NO_TARGETS = [
    ("day", "5月20日前完成。"),
    ("year", "2026年完成。"),
    ("duration", "三个月内完成。"),
    ("workdays", "5个工作日内办结。"),
    ("years", "用两年时间。"),
    ("ordinal", "办好第三小学。"),
    ("one-thing", "建立一个机制，形成一套办法。"),
    ("one-off", "给予一次性奖励。"),
    ("document", "落实《关于12项措施的意见》。"),
    ("document-number", "按照云政办〔2026〕12号执行。"),
    ("slogan", "树牢“四个意识”。"),
    ("aspects", "做好三个方面的工作。"),
    ("comparison", "比上年增加400亿元。"),
    ("class", "一年级实行零起点教学。"),
    ("none", "加强组织领导。"),
    ("empty", ""),
]  # fmt: skip

SPELT_OUT = [
    ("announced", "开工建设3个项目，分别是：云溪中学教学楼、北岭小学操场、第二幼儿园。", ["云溪中学教学楼", "北岭小学操场", "第二幼儿园"]),
    ("announced-half-width", "开工建设3个项目,分别是:云溪中学教学楼、北岭小学操场、第二幼儿园。", ["云溪中学教学楼", "北岭小学操场", "第二幼儿园"]),
    ("including", "推进4个片区，包括东湖、西塘、南坪和北岭。", ["东湖", "西塘", "南坪", "北岭"]),
    ("colon-with-right-count", "抓好三件事两个项目：污水厂、垃圾站。", ["污水厂", "垃圾站"]),
    ("count-behind", "会同柏坪、上沟、下沟三个村清理杂草。", ["柏坪", "上沟", "下沟"]),
    ("count-behind-and-more", "推进东湖、西塘等5个园区建设。", ["东湖", "西塘"]),
    ("verb-is-not-part", "改造东湖、西塘、南坪3个泵站。", ["东湖", "西塘", "南坪"]),
    ("doer-is-not-part", "文旅局抓住清明、端午两个小长假，办好灯会。", ["清明", "端午"]),
    ("doer-and-duty", "各乡镇要管好东湖、西塘、南坪3个泵站。", ["东湖", "西塘", "南坪"]),
    ("series", "建设10个县级中心、60个乡镇中心、120个村级站点。", ["10个县级中心", "60个乡镇中心", "120个村级站点"]),
    ("comma-in-brackets", "建设两个站点：东湖（含南、北两岸）站、西塘站。", ["东湖（含南、北两岸）站", "西塘站"]),
]  # fmt: skip

NOT_SPELT_OUT = [
    ("count-differs", "抓好三个项目：污水厂、垃圾站。"),
    ("no-list", "开工建设7个项目。"),
    ("list-without-count", "抓好防火、防汛、防疫。"),
    ("count-elsewhere", "各乡镇、各部门要建3个台账。"),
    ("empty", ""),
]


@pytest.mark.parametrize(("text", "figures"), [row[1:] for row in TARGETS], ids=[row[0] for row in TARGETS])
def test_a_target_is_read_verbatim_with_its_direction(text, figures):
    assert [(figure.text, figure.direction) for figure in find_figures(text)] == figures


@pytest.mark.parametrize("text", [row[1] for row in NO_TARGETS], ids=[row[0] for row in NO_TARGETS])
def test_times_names_and_lone_ones_are_no_targets(text):
    assert find_figures(text) == ()


@pytest.mark.parametrize(("text", "items"), [row[1:] for row in SPELT_OUT], ids=[row[0] for row in SPELT_OUT])
def test_a_counted_group_gives_its_names(text, items):
    assert list(find_items(text)) == items


@pytest.mark.parametrize("text", [row[1] for row in NOT_SPELT_OUT], ids=[row[0] for row in NOT_SPELT_OUT])
def test_no_names_are_made_up(text):
    assert find_items(text) == ()


@given(
    st.text(
        alphabet="0123456789.%个所家三两十百万亿元以上内不少于达到、，：分别是等和（）《》“” \n建设",
        max_size=80,
    )
)
def test_any_text_gives_figures_and_items_that_stand_in_it(text):
    assert all(figure.text in text for figure in find_figures(text))
    assert all(item in text for item in find_items(text))


PLAIN = re.compile(f"(?P<number>{_NUMBER}){_AFTER_NUMBER}")
PIECES = st.sampled_from(
    [
        *"0\uff11\U0001d7ce一二两百千第几多,.点至-%万亿个米瓦时人名项份以上内 ",
        "千瓦",
        "千克",
        "百万",
        "以上",
        "分钟内",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_the_quick_form_of_the_pattern_finds_what_the_plain_form_finds(text):
    quick, plain = (
        [(match.span(), match.groupdict()) for match in form.finditer(text)] for form in (_FIGURE, PLAIN)
    )

    assert quick == plain


@pytest.mark.parametrize("piece", ["三个", "1", "、", "10个县级中心、", "三个A、", "3-", "《", "由50%提高到"])
def test_hostile_text_takes_linear_time(piece):
    assert grows_with_its_text(lambda times: (find_figures(piece * times), find_items(piece * times)))
