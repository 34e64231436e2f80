"""The office's rows as the plain data the engine may know."""

from datetime import date

import pytest

from speeches.directory import current_directory
from speeches.extraction.model import Term, Unit
from tests.factories import DepartmentFactory
from tracker.org.models import CalendarDay, DepartmentAlias, DepartmentGroup, SchoolTerm


def test_a_department_comes_with_its_aliases_and_all_names_of_its_groups(db):
    school = DepartmentFactory(name="青禾区第一实验小学", short_name="一小")
    DepartmentAlias.objects.create(department=school, text="实验一小")
    group = DepartmentGroup.objects.create(name="各学校", other_names="各中小学校\n全区学校")
    group.members.add(school)
    expected = Unit("青禾区第一实验小学", "一小", ("实验一小",), ("各学校", "各中小学校", "全区学校"))
    assert current_directory().units == (expected,)


def test_units_come_in_official_order_without_the_closed_ones(db):
    DepartmentFactory(name="乙科", position=2)
    DepartmentFactory(name="甲科", position=1)
    DepartmentFactory(name="撤销的科", position=0, is_active=False)
    assert [unit.name for unit in current_directory().units] == ["甲科", "乙科"]


def test_school_terms_are_known(db):
    SchoolTerm.objects.create(name="春季学期", starts=date(2026, 3, 2), ends=date(2026, 7, 4))
    assert current_directory().terms == (Term("春季学期", date(2026, 3, 2), date(2026, 7, 4)),)


@pytest.mark.parametrize(
    ("day", "declared", "is_holiday", "is_extra"),
    [
        pytest.param(date(2026, 10, 1), None, True, False, id="legal holiday"),
        pytest.param(date(2026, 10, 1), True, False, True, id="declared a workday"),
        pytest.param(date(2026, 4, 15), False, True, False, id="declared a day off"),
        pytest.param(date(2026, 4, 15), None, False, False, id="plain workday"),
        pytest.param(date(2026, 2, 14), None, False, True, id="weekend worked for a holiday"),
    ],
)
def test_days_off_are_the_legal_ones_with_the_offices_changes(db, day, declared, is_holiday, is_extra):
    if declared is not None:
        CalendarDay.objects.create(day=day, is_workday=declared)
    directory = current_directory()
    assert (day in directory.holidays, day in directory.extra_workdays) == (is_holiday, is_extra)


@pytest.mark.parametrize("size", [2, 20])
def test_it_takes_four_queries_whatever_the_size(db, django_assert_num_queries, size):
    group = DepartmentGroup.objects.create(name="各科室")
    group.members.set(DepartmentFactory.create_batch(size))
    with django_assert_num_queries(4):
        assert len(current_directory().units) == size
