"""Written units and the departments they are."""

import pytest

from speeches.units import UnitBook
from tests.factories import DepartmentFactory
from tracker.org.models import DepartmentAlias, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    Office.objects.create(pk=1, name="云溪区教育局", short_name="区教育局")
    basic = DepartmentFactory(name="基础教育科", short_name="基教科", position=1)
    DepartmentAlias.objects.create(department=basic, text="普教科")
    DepartmentFactory(name="教育科", position=2)
    DepartmentFactory(name="办公室", position=3)
    DepartmentFactory(name="信息一科", short_name="信息科", position=4)
    DepartmentFactory(name="信息二科", short_name="信息科", position=5)
    DepartmentFactory(name="撤并科", position=6, is_active=False)
    return UnitBook.current()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("基础教育科", "基础教育科"),
        ("基教科", "基础教育科"),
        ("普教科", "基础教育科"),
        ("局基础教育科", "基础教育科"),
        ("区教育局办公室", "办公室"),
        ("云溪区教育局教育科", "教育科"),
        ("办公室（牵头）", "办公室"),
        ("局 办公室", "办公室"),
    ],
)
def test_known_spellings_are_found(book, written, name):
    assert book.find(written).name == name


@pytest.mark.parametrize(
    "written", ["各学校", "镇办公室", "办公室主任", "信息科", "撤并科", "", "局", "特殊教育科", "基础教育"]
)
def test_what_is_not_certain_stays_text(book, written):
    assert book.find(written) is None


def test_matching_keeps_the_order_and_names_each_once(book):
    matched = book.match(["办公室", "各镇街", "普教科", "基教科"])
    assert [department.name for department in matched.departments] == ["办公室", "基础教育科"]
    assert matched.unknown == ("各镇街",)


def test_a_book_costs_four_queries_however_many_departments(book, django_assert_num_queries):
    DepartmentFactory.create_batch(20)
    with django_assert_num_queries(4):
        assert len(UnitBook.current().departments) == 25
