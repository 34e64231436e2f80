"""The pages of 统计."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import ActionItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


@pytest.mark.parametrize("by", ["department", "leader", "speech", "meeting", "source", "month"])
@pytest.mark.parametrize("period", ["week", "month", "quarter", "half", "year", "term", "own"])
def test_every_table_opens(as_officer, department, by, period):
    ActionItemFactory(lead=department, source="三月局务会")
    assert as_officer.get("/stats/", {"by": by, "period": period}).status_code == 200


def test_a_number_opens_its_list(as_officer, department):
    mine = ActionItemFactory(lead=department)
    ActionItemFactory()
    page = as_officer.get(f"/stats/items/?period=year&figure=open&row={department.pk}")
    assert [item.pk for item in page.context["shown"]] == [mine.pk]


@pytest.mark.parametrize(
    "query", ["figure=nonsense", "figure=open&row=99999", ""], ids=["figure", "row", "nothing"]
)
def test_a_list_nobody_has_is_not_found(as_officer, query):
    assert as_officer.get(f"/stats/items/?{query}").status_code == 404


def test_a_department_counts_only_what_it_sees(as_liaison, department, other_department):
    ActionItemFactory(lead=department)
    ActionItemFactory(lead=other_department)
    assert as_liaison.get("/stats/").context["page"].total.counts["total"] == 1


def test_the_workbook_has_the_table_and_its_definitions(as_officer, department):
    ActionItemFactory(lead=department)
    answer = as_officer.get("/stats/export/?period=year")
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["统计", "口径"]
    assert [cell.value for cell in book["统计"][4]][:4] == [1, "基础教育科", 1, 1]


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_rows(as_officer, rows, django_assert_num_queries):
    for _ in range(rows):
        ActionItemFactory()
    with django_assert_num_queries(18):
        as_officer.get("/stats/")
