"""Deadlines: what day or rhythm a sentence fixes, and that nothing is invented."""

import csv
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction.deadlines import best_deadline, find_deadlines
from speeches.extraction.model import Directory, Term
from tests.speeches.extraction.deadline_cases import (
    ABSOLUTE,
    CHOICES,
    DURATIONS,
    FESTIVALS,
    MONDAY,
    MORE_DATED,
    MORE_NOTHING,
    MORE_RHYTHMS,
    NOTHING,
    PERIODS,
    RHYTHMS,
    SCHOOL,
    SPRING,
)
from tests.speeches.extraction.deadline_spoken_cases import (
    HELD_OUT_DATED,
    HELD_OUT_NOTHING,
    SPOKEN_DATED,
    SPOKEN_NOTHING,
)
from tests.speeches.extraction.growth import grows_with_its_text

EMPTY = Directory()
DATED = [*ABSOLUTE, *PERIODS, *DURATIONS, *FESTIVALS, *SCHOOL, *CHOICES, *MORE_DATED]
REPEATED = [*RHYTHMS, *MORE_RHYTHMS]
UNDATED = [*NOTHING, *MORE_NOTHING]
SHARED = Path(__file__).parents[4] / "shared" / "deadlines.tsv"


@pytest.mark.parametrize(
    ("spoken_on", "text", "due"), [row[1:] for row in DATED], ids=[row[0] for row in DATED]
)
def test_a_sentence_has_the_day_a_clerk_would_write(spoken_on, text, due):
    found = best_deadline(text, spoken_on=spoken_on, directory=EMPTY)
    assert found is not None
    assert (found.due, found.recur) == (date.fromisoformat(due), None)
    assert found.rule


@pytest.mark.parametrize(
    ("spoken_on", "text", "recur"), [row[1:] for row in REPEATED], ids=[row[0] for row in REPEATED]
)
def test_a_rhythm_is_no_day(spoken_on, text, recur):
    found = best_deadline(text, spoken_on=spoken_on, directory=EMPTY)
    assert found is not None
    assert (found.due, found.recur) == (None, recur)


@pytest.mark.parametrize("text", [row[1] for row in UNDATED], ids=[row[0] for row in UNDATED])
def test_what_fixes_no_day_gives_none(text):
    found = best_deadline(text, spoken_on=SPRING, directory=EMPTY)
    assert found is None or (found.due is None and found.recur is None)


@pytest.mark.parametrize(
    ("text", "due"),
    [row[1:] for row in (*SPOKEN_DATED, *HELD_OUT_DATED)],
    ids=[row[0] for row in (*SPOKEN_DATED, *HELD_OUT_DATED)],
)
def test_an_order_given_by_word_of_mouth_has_its_day(text, due):
    found = best_deadline(text, spoken_on=SPRING, directory=EMPTY)
    assert found is not None
    assert found.due == date.fromisoformat(due)


@pytest.mark.parametrize(
    "text",
    [row[1] for row in (*SPOKEN_NOTHING, *HELD_OUT_NOTHING)],
    ids=[row[0] for row in (*SPOKEN_NOTHING, *HELD_OUT_NOTHING)],
)
def test_a_time_that_is_only_told_is_no_deadline(text):
    found = best_deadline(text, spoken_on=SPRING, directory=EMPTY)
    assert found is None or found.due is None


def test_the_own_calendar_of_the_office_goes_before_custom():
    terms = (
        Term("第二学期", date(2026, 2, 25), date(2026, 7, 4)),
        Term("第一学期", date(2026, 8, 31), date(2027, 1, 22)),
    )
    directory = Directory(terms=terms)
    said = [
        best_deadline(text, spoken_on=SPRING, directory=directory)
        for text in ("学期末完成。", "秋季开学前完成。", "暑假期间完成。")
    ]
    assert [found.due for found in said] == [date(2026, 7, 4), date(2026, 8, 30), date(2026, 8, 30)]
    assert all(found.reckoned and "按学期表" in found.rule for found in said)


def test_without_a_school_calendar_the_rule_says_so():
    found = best_deadline("暑期完成改造。", spoken_on=SPRING, directory=Directory())
    assert found.reckoned
    assert "未设学期表" in found.rule


def test_working_days_skip_the_holidays_of_the_office_and_count_its_extra_days():
    directory = Directory(
        holidays=frozenset({date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)}),
        extra_workdays=frozenset({date(2026, 5, 9)}),
    )
    found = best_deadline("5个工作日内办结。", spoken_on=date(2026, 4, 29), directory=directory)
    assert found.due == date(2026, 5, 9)  # 30 April, then 6, 7, 8 May and the make-up Saturday


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        pytest.param("5月底前报方案，每月通报。", ["5月底前", "每月"], id="in-order"),
        pytest.param("务必于 5 月 31 日 前完成。", ["5 月 31 日 前"], id="verbatim-with-spaces"),
        pytest.param("下周五，不，下周三前报。", ["下周三前"], id="withdrawn-is-dropped"),
        pytest.param("４月３０日前完成。", ["４月３０日前"], id="verbatim-wide"),
        pytest.param("问题要尽快解决。", ["尽快"], id="vague-is-kept"),
        pytest.param("从9月1日起执行。", ["从9月1日起"], id="start-is-kept"),
        pytest.param("去年的问题还没解决。", [], id="past-is-dropped"),
    ],
)  # fmt: skip
def test_every_phrase_is_verbatim_with_its_place(text, phrases):
    found = find_deadlines(text, spoken_on=SPRING, directory=Directory())
    assert [deadline.phrase for deadline in found] == phrases
    assert all(text[deadline.start : deadline.end] == deadline.phrase for deadline in found)


def test_a_date_and_a_rhythm_are_both_kept():
    found = best_deadline("年底前完成整治，每月通报一次。", spoken_on=SPRING, directory=Directory())
    assert (found.due, found.recur, found.phrase) == (date(2026, 12, 31), "monthly", "年底前")


def test_a_full_date_is_read_and_everything_else_is_reckoned():
    assert not best_deadline("2026年6月30日前完成。", spoken_on=SPRING, directory=Directory()).reckoned
    assert best_deadline("两个月内完成。", spoken_on=SPRING, directory=Directory()).reckoned


ALPHABET = (
    "年月日周季度底末前内起从到每今明去十五一二三0123456789，。、《》“”（） \n上下半学期节春个工作xX-—至"
)


@given(st.text(alphabet=ALPHABET, max_size=60), st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_any_text_gives_places_inside_it_and_no_past_day(text, spoken_on):
    found = find_deadlines(text, spoken_on=spoken_on, directory=Directory())
    assert found == find_deadlines(text, spoken_on=spoken_on, directory=Directory())
    for deadline in found:
        assert text[deadline.start : deadline.end] == deadline.phrase != ""
        assert deadline.due is None or deadline.due >= spoken_on
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "piece", ["从年", "每", "（", "20", "至3月", "一年", "按照", "自", "今", "十", "《", "、", "前"]
)
def test_hostile_text_takes_linear_time(piece):
    assert grows_with_its_text(
        lambda times: find_deadlines(piece * times, spoken_on=MONDAY, directory=Directory())
    )


def _accepted(row, found):
    if row["kind"] == "date":
        return bool(found and found.due and row["accept_from"] <= found.due.isoformat() <= row["accept_to"])
    if row["kind"] == "recurring":
        return bool(found and found.recur and not found.due)
    return not (found and (found.due or found.recur))


def test_at_least_97_percent_of_the_given_phrases_are_right():
    if not SHARED.exists():
        pytest.skip(f"the shared table of phrases is not on this machine: {SHARED}")
    with SHARED.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    right = [
        _accepted(row, best_deadline(row["context"], spoken_on=MONDAY, directory=Directory())) for row in rows
    ]
    assert len(rows) > 90
    assert sum(right) / len(rows) >= 0.97
