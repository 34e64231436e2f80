"""The quick looks that spare the search for bodies hide nothing: each against the search without it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from speeches.extraction import brackets, unit_grammar, unit_lists, unit_phrases, unit_subjects
from speeches.extraction.heads import heads
from speeches.extraction.model import Directory, Unit
from speeches.extraction.pieces import needed
from speeches.extraction.unit_lists import bodies_at
from speeches.extraction.unit_names import (
    NEVER_FIRST_IN_NAMES,
    NEVER_IN_NAMES,
    SAFE_FIRST,
    SELDOM_IN_NAMES,
    known_names,
)
from speeches.extraction.unit_passage import Passage

NOBODYS = known_names(Directory())
ONE = known_names(Directory(units=(Unit("建立班", "", (), ()),)))
NAMES = (
    "教育局 县财政局 各学校 应急办 派出所 教务处 图书室 三个村 部门 单位 领导 负责人 书记 校长 县 校 办 小学 老师 小王 "
    "分管教育的副县长 有条件的学校 不动产中心 不定期 所在县 国有企业 就业局 对口部门 对外办 以上 及其部门 建立班 参加 参与"
)
AROUND = (
    "要 必须 负责 牵头 配合 会同 马上 组织 开展 5月底前 ， 。 、 ： ； — —— \n 和 与 及 以及 等 的 重要 需要 "
    "建立 加强 确保 当前 开完会后 西河的事 你 您 得 在 了 着 （ ） “ ” 志 同志 所 处 小 老 分 管"
)
CHARS = list(NEVER_FIRST_IN_NAMES + NEVER_IN_NAMES + SELDOM_IN_NAMES + SAFE_FIRST)
TEXTS = st.lists(st.sampled_from([*NAMES.split(), *AROUND.split(" "), *CHARS]), max_size=9).map("".join)


@given(TEXTS, st.sampled_from([NOBODYS, ONE]))
@example("及其部门各学校", NOBODYS)
@example("教育对的外办公室领导要做", NOBODYS)
@example("参应急与中心部门的领导要做", NOBODYS)
@example("参与不动产的部门要做", NOBODYS)
def test_who_may_not_be_a_name_is_nobody(text, known):
    passage, asked_closely = Passage(text, known), Passage(text, known)
    asked_closely.usual = False
    for at in range(len(text)):
        assert bodies_at(passage, at) == bodies_at(asked_closely, at)


@given(TEXTS.filter(lambda text: not Passage(text, NOBODYS).listed))
def test_a_text_asked_place_by_place_has_the_ends_of_one_listed(text):
    passage, listed = Passage(text, NOBODYS), Passage(text, NOBODYS)
    listed.listed = True
    listed._list([])
    assert passage.has_end() == listed.has_end()
    for at in range(len(text)):
        assert passage.ends_from(at) == listed.ends_from(at)


def test_the_longest_list_ends_where_a_longer_text_goes_on():
    text = "甲" * 58 + "所得" + "局"
    assert Passage(text, NOBODYS).ends_from(0) == []
    assert Passage("甲" * 59 + "局局", NOBODYS).ends_from(0) == [60]


@given(TEXTS, st.booleans())
def test_a_clause_left_out_reaches_no_end(text, roles):
    passage = Passage(text, NOBODYS)
    clauses = unit_subjects._CLAUSE_OR_ROLE if roles else unit_subjects._CLAUSE
    everywhere = [0, *[match.end() for match in clauses.finditer(text)]]
    looked_at = unit_subjects._clauses(passage, roles=roles)
    assert set(looked_at) <= set(everywhere)
    for at in set(everywhere) - set(looked_at):
        assert not passage.may_begin(at)
        assert text[at : at + 1] not in ("你", "您")


PHRASE_PIECES = [*sorted(needed(unit_phrases._PHRASE.pattern) or ()), *"你，来各管局去", "自己", "各学校"]


@given(st.lists(st.sampled_from(PHRASE_PIECES), max_size=8).map("".join))
def test_a_phrase_begins_where_it_is_looked_for(text):
    first = unit_phrases._PHRASE_FIRST_OF_SELF if "自己" in text else unit_phrases._PHRASE_FIRST
    begins = {match.start() for match in first.finditer(text)}
    found = {at for at in range(len(text)) if unit_phrases._PHRASE.match(text, at)}
    assert found <= begins
    assert not found or unit_phrases.MAY_NAME.search(text)


@pytest.mark.parametrize(
    "pattern",
    [
        unit_phrases._VOCATIVE,
        unit_phrases._MAY_BE_MIDWAY,
        unit_phrases._SUCH,
        unit_phrases._IN_CHARGE_OF,
        unit_phrases._SEATED,
    ],
    ids=lambda pattern: pattern.pattern[:12],
)
def test_every_phrase_holds_a_word_that_is_looked_for(pattern):
    title = re.compile("[长任记师志]")  # those spoken to by a title are found by what follows it
    for piece in needed(pattern.pattern) or pytest.fail("no pieces"):
        assert unit_phrases.MAY_NAME.search(piece) or (
            pattern is unit_phrases._VOCATIVE and title.search(piece)
        )


@pytest.mark.parametrize("piece", sorted(needed(unit_phrases._SPEAKS_TO.pattern) or ()))
def test_who_is_spoken_to_is_looked_for(piece):
    assert unit_phrases.MAY_NAME.search(piece)


@pytest.mark.parametrize("text", ["拆不掉的应急局组织挖机进场", "没修好的学校自行整改", "秦满仓，你下周来"])
def test_the_rarer_phrases_are_looked_for(text):
    assert unit_phrases.MAY_NAME.search(text)


def test_nobody_acts_before_a_mark():
    acting = heads(unit_grammar.DUTY.pattern) | heads(unit_grammar.MANNER.pattern) | unit_grammar.VERBS
    first = {head[:1] for head in acting | unit_grammar._ADVERBS} | unit_grammar.TIME_FIRST
    assert unit_lists._NOBODY_BEFORE.isdisjoint(first | unit_lists._PARTNER_FIRST | unit_lists._TAIL_FIRST)
    for mark in unit_lists._NOBODY_BEFORE - {""}:
        assert not unit_lists._CALLED.match(mark + "甲")
        assert not unit_grammar.goes_on(mark + "甲乙丙", 0)
        assert not unit_grammar.may_be_time(mark + "甲乙", 0)


@pytest.mark.parametrize("label", sorted(needed(brackets._LABEL.pattern) or ()))
def test_every_label_is_looked_for(label):
    assert brackets._SAYS.search(label)
    assert brackets._MAY_ASSIGN.search(label)


@pytest.mark.parametrize("opening", "（(【〔[")
def test_every_bracket_is_looked_for(opening):
    assert brackets._BRACKET.search(f"{opening}县教育局负责")
    assert brackets._MAY_ASSIGN.search(f"{opening}县教育局负责")
