"""Headings and cells as people write them."""

from datetime import date, datetime

import pytest

from tracker.exchange.fields import Unreadable, day_of, guess, list_of, percent_of, progress_of


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("督办事项", "title"), ("重点任务（类别）", "title"), ("牵头单位*", "lead"), ("责任 单位", "lead"), ("完成时限", "due"),
        ("现时限\n（延期次数）", "due"), ("编号", "number"), ("最新进展（日期）", "progress"), ("责任人／电话", "owner"), ("备注", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_heading_names_its_field(heading, field):
    assert guess(heading) == field


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2026, 4, 20, 0, 0), date(2026, 4, 20)), ("2026-04-20", date(2026, 4, 20)), ("2026年4月20日", date(2026, 4, 20)),
        ("2026.4.20", date(2026, 4, 20)), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_date_in_any_spelling(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", ["尽快", "2026-02-30", "四月底"])
def test_what_is_no_date_is_refused_in_words(cell):
    with pytest.raises(Unreadable, match="不是日期"):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "percent"), [(0.6, 60), (60, 60), ("60%", 60), ("60％", 60), (1, 100), ("", None)]
)
def test_a_percentage_in_any_spelling(cell, percent):
    assert percent_of(cell) == percent


def test_names_in_one_cell_are_told_apart():
    assert list_of("办公室、计财科\n安全科；") == ("办公室", "计财科", "安全科")


def test_the_day_our_export_writes_is_no_part_of_the_words():
    assert progress_of("4月10日 已完成招标") == "已完成招标"
