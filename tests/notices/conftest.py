"""An item of the department, and the clock of a working day."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory
from tracker.items.reckoning import Reckoning
from tracker.notices.chasing import steps


@pytest.fixture
def item(department, other_department, leader, wednesday):
    """Three working days late on 2026-04-15."""
    return ActionItemFactory(
        title="完成校舍排查",
        lead=department,
        supporting=[other_department],
        leader=leader,
        due=date(2026, 4, 10),
    )


@pytest.fixture
def now(wednesday, db) -> Reckoning:
    return Reckoning.now()


@pytest.fixture
def ladder(db):
    """{key: step} of the default ladder."""
    return {step.key: step for step in steps()}
