"""From the items' events to messages: who is told what, each once, whoever reads the events and however often."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.models import Event, Part
from tracker.items.states import EventKind, Status
from tracker.notices.chasing import Order, chase
from tracker.notices.events import read_events, start_here
from tracker.notices.models import Channel, Delivery, EventCursor, Message

pytestmark = pytest.mark.usefixtures("wednesday")


def told() -> set[tuple[str, str]]:
    """{(who, kind)}"""
    return {(str(message.person), message.kind) for message in Message.objects.all()}


def test_issuing_tells_lead_and_supporting(item, officer, liaison, outsider):
    item.record(EventKind.ISSUED, by=officer)
    read_events()
    assert told() == {("方联络", "issued"), ("丁联络", "issued")}


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        pytest.param(EventKind.RETURNED, {("方联络", "returned")}, id="returned"),
        pytest.param(EventKind.EXT_GRANTED, {("方联络", "extension")}, id="extension granted"),
        pytest.param(EventKind.EXT_REFUSED, {("方联络", "extension")}, id="extension refused"),
        pytest.param(EventKind.DUE_CHANGED, {("方联络", "extension")}, id="date set by the officer"),
        pytest.param(EventKind.REASSIGNED, {("方联络", "issued")}, id="handed to another lead"),
        pytest.param(EventKind.REFUSED, {("督办人", "refused")}, id="not ours"),
        pytest.param(EventKind.SUBMITTED, {("督办人", "submitted")}, id="reported done"),
        pytest.param(EventKind.EXT_ASKED, {("督办人", "asked")}, id="more time asked for"),
        pytest.param(EventKind.FACTS_ASKED, {("方联络", "chased")}, id="facts for the meeting"),
        pytest.param(EventKind.FEEDBACK, set(), id="a report"),
        pytest.param(EventKind.EDITED, set(), id="an edit"),
    ],
)
def test_who_is_told_of_what(item, officer, liaison, outsider, kind, who):
    item.officer = PersonFactory(name="督办人", roles=["officer"])
    item.save()
    item.record(kind, by=officer, text="原因")
    read_events()
    assert told() == who


def test_the_members_of_a_group_are_asked_for_facts_while_their_share_is_open(officer, liaison, outsider):
    shared = ActionItemFactory(lead=None)
    for person, state in ((liaison, Part.State.IN_PROGRESS), (outsider, Part.State.DROPPED)):
        department = person.liaison_departments[0]
        Part.objects.create(item=shared, department=department, state=state, given_on=date(2026, 4, 1))
    shared.record(EventKind.FACTS_ASKED, by=officer, text="请补报")
    read_events()
    assert told() == {("方联络", "chased")}


def test_nobody_is_told_of_their_own_act(item, liaison, outsider):
    item.record(EventKind.ISSUED, by=liaison)
    read_events()
    assert told() == {("丁联络", "issued")}


def test_a_chase_tells_those_it_was_sent_to_and_the_leader(item, officer, ladder, now, liaison, outsider):
    chase(item, Order(step=ladder["red"], to_leader=True, text="请说明"), by=officer, now=now)
    read_events()
    assert told() == {("方联络", "chased"), ("周副局长", "escalated")}
    words = Message.objects.get(kind="chased")
    assert words.subject == f"红色督查单〔2026〕1号：{item}"
    assert words.text == "第1次催办。请于4月20日前反馈办理结果。请说明"
    assert "已超期3个工作日" in Message.objects.get(kind="escalated").text


def test_two_kinds_of_paper_on_one_day_are_two_messages(item, officer, ladder, now, liaison):
    for key in ("urge", "red"):
        chase(item, Order(step=ladder[key]), by=officer, now=now)
    read_events()
    assert Message.objects.filter(person=liaison).count() == 2


def test_a_part_tells_its_department(item, officer, liaison):
    school = DepartmentFactory(name="第一中学")
    teacher = PersonFactory(name="校联络", roles=[("liaison", school)])
    item.parts_given.create(department=school, given_on=date(2026, 4, 15))
    item.record(EventKind.ASSIGNED, by=officer, text="第一中学：本单位部分")
    read_events()
    assert told() == {(str(teacher), "issued")}


def test_another_date_of_a_part_tells_its_department_alone(item, officer, liaison):
    school, other = DepartmentFactory(name="第一中学"), DepartmentFactory(name="第一中学附属小学")
    for place, department in enumerate((school, other)):
        PersonFactory(name=f"校联络{place}", roles=[("liaison", department)])
        item.parts_given.create(department=department, given_on=date(2026, 4, 1))
    item.parts_given.get(department=school).set_due(date(2026, 4, 20), by=officer, reason="提前验收")
    read_events()
    assert told() == {("校联络0", "extension")}


def test_events_are_read_once(item, officer, liaison):
    item.record(EventKind.ISSUED, by=officer)
    assert [read_events(), read_events()] == [1, 0]
    assert Message.objects.filter(person=liaison).count() == 1


def test_an_event_that_becomes_visible_late_is_not_missed(item, officer, liaison):
    """A long transaction commits a lower number after a higher one was handled."""
    late = item.record(EventKind.ISSUED, by=officer)
    other = item.record(EventKind.RETURNED, by=officer)
    EventCursor.objects.update_or_create(pk=1, defaults={"floor": late.pk - 1, "ahead": [other.pk]})
    assert read_events() == 1
    assert told() == {("方联络", "issued")}


def test_the_cursor_moves_on_and_stays_small(item, officer):
    item.record(EventKind.EDITED, by=officer)
    read_events()
    assert len(EventCursor.objects.get().ahead) == 1
    with time_machine.travel("2026-04-15T10:00:00+08:00"):
        read_events()
        cursor = EventCursor.objects.get()
        assert (cursor.ahead, cursor.floor) == ([], Event.objects.get().pk)
        assert read_events() == 0


def test_two_readers_at_once_tell_once(item, officer, liaison, monkeypatch):
    """The other one is faster between our look and our claim."""
    from tracker.notices import events

    item.record(EventKind.ISSUED, by=officer)
    real = events._floor

    def overtaken(*args):
        EventCursor.objects.filter(pk=1).update(version=99)
        return real(*args)

    monkeypatch.setattr(events, "_floor", overtaken)
    assert read_events() == 0
    assert not Message.objects.exists()


def test_a_reader_killed_half_way_has_done_nothing(item, officer, liaison, monkeypatch):
    from tracker.notices import events

    item.record(EventKind.ISSUED, by=officer)
    with monkeypatch.context() as patch:
        patch.setattr(events, "post_all", _killed)
        with pytest.raises(KeyboardInterrupt):
            read_events()
    assert not Message.objects.exists()
    assert read_events() == 1
    assert Message.objects.filter(person=liaison).count() == 1


def _killed(drafts):
    raise KeyboardInterrupt


def test_old_news_is_not_told(item, officer, liaison):
    event = item.record(EventKind.ISSUED, by=officer)
    with time_machine.travel(event.at + timedelta(days=8)):
        read_events()
    assert not Message.objects.exists()


def test_an_office_that_updates_starts_at_the_present(item, officer, liaison):
    item.record(EventKind.ISSUED, by=officer)
    start_here()
    assert read_events() == 0


def test_people_who_left_are_not_told(item, officer, liaison):
    liaison.is_active = False
    liaison.save()
    item.record(EventKind.RETURNED, by=officer)
    read_events()
    assert not Message.objects.exists()


def test_a_group_is_told_of_its_own_department_only(item, officer, department):
    robot = {"kind": "wecom", "url": "https://example.cn/?key=k", "sends_events": True}
    Channel.objects.create(name="教研群", department=department, **robot)
    Channel.objects.create(name="局群", **robot)
    Channel.objects.create(name="不要消息的群", **{**robot, "sends_events": False})
    item.record(EventKind.ISSUED, by=officer)
    ActionItemFactory().record(EventKind.ISSUED, by=officer)
    read_events()
    found = sorted(Message.objects.filter(channel__isnull=False).values_list("channel__name", flat=True))
    assert found == ["局群", "局群", "教研群"]
    assert Delivery.objects.count() == 3


def test_a_date_set_on_a_draft_is_nobodys_news(officer, department, liaison):
    draft = ActionItemFactory(lead=department, status=Status.DRAFT)
    draft.record(EventKind.DUE_CHANGED, by=officer)
    read_events()
    assert not Message.objects.exists()
    assert timezone.localdate() == date(2026, 4, 15)
