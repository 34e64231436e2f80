"""The demo district as `script/server --demo` loads it."""

import pytest
from django.core.management import CommandError, call_command

from speeches.models import Speech
from tracker.items.models import ActionItem, Event
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status
from tracker.meetings.models import Meeting
from tracker.org.models import Department, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(django_capture_on_commit_callbacks):
    """Loaded without ringing for workers: there is no broker in a unit test."""
    with django_capture_on_commit_callbacks(execute=False):
        call_command("load_demo")


def test_it_has_the_office_the_speeches_and_sixty_items_in_every_state(demo):
    assert Department.objects.count() == 14 + 7
    assert set(Membership.objects.values_list("role", flat=True)) == set(Membership.Role.values)
    assert Speech.objects.filter(state=Speech.State.DONE).count() == 3
    assert ActionItem.objects.count() == 60
    # 待审定 belongs to the second-person approval, which is off.
    assert set(ActionItem.objects.values_list("status", flat=True)) == set(Status.values) - {Status.APPROVAL}


def test_something_is_overdue_and_something_is_to_review(demo):
    now = Reckoning.now()
    assert ActionItem.objects.overdue(now).count() >= 5
    assert Speech.objects.to_review().count() == 1


def test_the_past_meetings_are_frozen_and_the_next_is_planned(demo):
    assert Meeting.objects.closed().count() == 2
    assert Meeting.objects.upcoming() is not None
    assert all(meeting.snapshot["totals"] for meeting in Meeting.objects.closed())


def test_history_lies_in_the_past_and_in_order(demo):
    now = Reckoning.now()
    for item in ActionItem.objects.prefetch_related("events"):
        kinds = [event.kind for event in sorted(item.events.all(), key=lambda event: (event.at, event.pk))]
        assert kinds[0] == "registered"
    assert not Event.objects.filter(at__date__gt=now.today).exists()


def test_a_database_in_use_is_left_alone(demo):
    with pytest.raises(CommandError, match="空库"):
        call_command("load_demo")
