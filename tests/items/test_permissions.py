"""The matrix: every action of every standing, and the table in the documentation."""

from pathlib import Path

import pytest

from tests.factories import ActionItemFactory, PersonFactory
from tracker.items.parts import give_part
from tracker.items.permissions import MATRIX, Standing, allowed, as_markdown, moves_for, standings
from tracker.items.states import MOVES, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
DOC = Path(__file__).resolve().parents[2] / "docs/permissions.md"


@pytest.fixture
def people(department, other_department, officer, principal, leader, liaison, outsider):
    item = ActionItemFactory(lead=department, supporting=[other_department])
    third = PersonFactory(name="分办联络", roles=[("liaison", ActionItemFactory().lead)])
    give_part(item=item, department=third.liaison_departments[0], by=officer, title="核拨经费")
    return item, {
        Standing.OFFICER: officer,
        Standing.PRINCIPAL: principal,
        Standing.CHARGE: leader,
        Standing.LEAD: liaison,
        Standing.SUPPORT: outsider,
        Standing.PART: third,
        Standing.NONE: PersonFactory(name="无角色"),
    }


def test_everybody_stands_as_the_office_says(people):
    item, who = people
    assert {name: standings(item, person) for name, person in who.items()} == {
        name: frozenset({name}) for name in who
    }


@pytest.mark.parametrize("action", MATRIX)
def test_an_action_is_open_to_those_it_names(people, action):
    item, who = people
    assert {name for name, person in who.items() if allowed(action, item, person)} == MATRIX[action][1]


def test_every_move_has_its_line():
    assert set(MOVES) <= set(MATRIX)


def test_the_documented_table_is_the_matrix():
    assert as_markdown() in DOC.read_text(encoding="utf-8")


def test_an_office_without_approval_is_not_offered_it(officer):
    item = ActionItemFactory(status=Status.DRAFT)
    assert moves_for(item, officer) == ["issue", "withdraw"]
