"""Whatever is planted around a speech, the speech survives whole; cleaning twice is cleaning once."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.reading.clean import clean
from tests.speeches.reading.test_furniture import ABOVE, BELOW

WHO = ["各村", "水利站", "农技站", "镇财政所", "党政办", "我们", "请学校", "有条件的组"]
WHAT = ["清理沟渠", "登记机井", "值守泵站", "核对台账", "公布水价", "检修水泵", "培训管水员", "报送进度"]
WHEN = ["", "3月底前", "每周五", "年内", "2026年6月30日前", "每天"]
HOW = ["", "，做到不留死角", "，谁漏报谁负责", "（含备用井）", "，完成率不低于95%"]
LEAD = ["", "一是", "二是", "（一）", "1.", "2、", "第三，", "①", "要："]
END = ["。", "！", "；", ""]

sentences = st.builds(
    lambda lead, who, when, what, how, end: f"{lead}{who}要{when}{what}{how}{end}",
    *map(st.sampled_from, (LEAD, WHO, WHEN, WHAT, HOW, END)),
)
paragraphs = st.lists(sentences, min_size=1, max_size=6).map("".join)
speeches = st.lists(paragraphs, min_size=1, max_size=25).map("\n".join)
patient = settings(deadline=None, max_examples=150)  # the machine may be busy
anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=300)


def squeezed(text: str) -> str:
    return "".join(text.split())


@patient
@given(speeches)
def test_a_speech_without_furniture_is_not_touched(speech):
    assert squeezed(clean(speech).body) == squeezed(speech)


@patient
@given(speeches, st.lists(st.sampled_from(ABOVE), max_size=8), st.lists(st.sampled_from(BELOW), max_size=8))
def test_every_sentence_survives_furniture_planted_around_it(speech, above, below):
    body = squeezed(
        clean(
            "\n".join(["同志们：", *above, speech, "我就讲这些，散会后各村留一个人领表，谢谢大家。", *below])
        ).body
    )
    for line in speech.split("\n"):
        assert squeezed(line) in body


@patient
@given(st.one_of(anything, speeches), st.lists(st.sampled_from(ABOVE + BELOW), max_size=10))
def test_cleaning_twice_is_cleaning_once(text, planted):
    once = clean("\n".join([*planted[:5], text, *planted[5:]])).body
    assert clean(once).body == once


@patient
@given(anything)
def test_nothing_is_added_and_no_control_character_is_left(text):
    body = clean(text).body
    assert not any(unicodedata.category(char) == "Cc" and char != "\n" for char in body)
    assert len(body) <= len(text)
