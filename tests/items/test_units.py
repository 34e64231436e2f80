"""Whose an item is, in words: one rule for lists, documents and sheets."""

import pytest

from tracker.items.units import as_written, names_nobody, unit_words


@pytest.mark.parametrize(
    ("lead", "groups", "written", "words", "nobody"),
    [
        ("基础教育科", "", "", "基础教育科", False),
        ("基础教育科", "", "方晓岚同志", "基础教育科", False),
        ("", "各学校", "各学校", "各学校", False),
        ("", "", "方晓岚同志", "未明确（原文：方晓岚同志）", True),
        ("", "", "", "", True),
    ],
    ids=["lead", "lead beside words", "groups", "a person", "nothing"],
)
def test_who_is_no_unit_stands_as_written_beside_that_nobody_is_known(lead, groups, written, words, nobody):
    assert unit_words(lead, groups, written) == words
    assert names_nobody(words) is nobody


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("未明确（原文：方晓岚同志（挂职））", "方晓岚同志（挂职）"),
        ("未明确", ""),
        ("未明确单位", ""),
        ("水务所", "水务所"),
    ],
)
def test_what_an_exported_sheet_says_is_read_back_as_it_was_written(words, written):
    assert as_written(words) == written
