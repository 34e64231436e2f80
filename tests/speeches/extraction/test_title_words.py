"""The quick looks of the row text: what they let pass by holds nothing that a row would leave out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction.lexicon import LEXICON
from speeches.extraction.title_acts import _SURE_VERB, _VERB, FACT, HEADS, MAY_BE_FACT, known
from speeches.extraction.title_words import (
    _MAY_BE_MODAL,
    _MAY_BE_ORNATE,
    _MODAL_INSIDE,
    _NOTHING,
    _OPENING,
    _ORNAMENT,
    ANYTHING,
    CUT,
    CUT_LAST,
    bare,
    hints,
    says_nothing,
    starts_with_verb,
)
from speeches.extraction.unit_grammar import TIME

OWN_WORDS = sorted(
    {
        word
        for pattern in (
            _ORNAMENT.pattern,
            _MODAL_INSIDE.pattern,
            FACT.pattern,
            _NOTHING.pattern,
            _OPENING.pattern,
            TIME,
        )
        for word in re.findall(r"[\u4e00-\u9fff]{1,6}", pattern)
    }
)
CLAUSES = st.lists(
    st.sampled_from([*OWN_WORDS, "3", "月", "前", "内", "、", "县局", "请"]), min_size=1, max_size=6
)
TEXTS = st.lists(CLAUSES.map("".join), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("quick", "pattern"), [(_MAY_BE_ORNATE, _ORNAMENT), (_MAY_BE_MODAL, _MODAL_INSIDE), (MAY_BE_FACT, FACT)]
)
@given(TEXTS)
def test_what_a_clause_holds_the_text_shows(quick, pattern, clauses):
    if any(map(pattern.search, clauses)):
        assert quick.search("，".join(clauses))


@given(TEXTS)
def test_the_hints_of_a_text_hide_nothing_of_its_clauses(clauses):
    may = hints("，".join(clauses))

    assert [bare(clause, known(clause), (), "", may) for clause in clauses] == [
        bare(clause, known(clause), (), "", ANYTHING) for clause in clauses
    ]


@given(CLAUSES.map("".join).filter(lambda clause: len(clause) > 1))
def test_a_clause_with_a_plain_head_and_end_stays_as_it_is(clause):
    head = known(clause)
    if not hints(clause) and not head & CUT and clause[-1] not in CUT_LAST:
        assert bare(clause, head, (), "", ANYTHING) == clause
        assert not says_nothing(clause, head)


def test_what_a_head_says_of_the_verb_holds_for_every_word():
    for word in LEXICON:
        for rest in ("", "好", "要", "落实", "工作"):
            piece = word + rest
            head = HEADS.get(piece[:2]) or HEADS.get(piece[0], 0)
            assert starts_with_verb(piece) or not head & _SURE_VERB
            assert head & _VERB or not starts_with_verb(piece)
