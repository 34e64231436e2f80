"""What a candidate resembles: items from speeches, meetings and by hand, said in words and joined in one click."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from speeches.resembling import similar_items
from tests.factories import ActionItemFactory, CandidateFactory, MeetingFactory, SpeechFactory
from tracker.items.models import Quote
from tracker.meetings.rulings import new_item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def said(title, **options) -> list[str]:
    return [one.said for one in similar_items(title, speech=SpeechFactory(), **options)]


def test_an_item_of_an_earlier_speech_says_so():
    item = ActionItemFactory(title="更换老旧校车40辆", source="在会上的讲话")
    Quote.objects.create(item=item, text="原文", speech_ref=10_000, start=0, end=2)
    assert said("完成老旧校车40辆更换") == ["讲话已布置"]


def test_an_item_typed_by_hand_is_found_by_its_title():
    ActionItemFactory(title="更换老旧校车", source="局长批示")
    [one] = similar_items("完成40辆老旧校车更换", speech=SpeechFactory())
    assert (one.said, one.origin) == ("此前已布置", "局长批示")


def test_an_item_handed_out_at_a_meeting_says_so(officer):
    meeting = MeetingFactory(held_at=timezone.now())
    new_item(meeting=meeting, title="更换老旧校车", by=officer, lead=None, due=None)
    assert said("完成40辆老旧校车更换") == ["例会已布置"]


@pytest.mark.parametrize(
    "title", ["开展食堂食品安全专项检查", "增强食堂食品安全专项检查", "开展食堂食品安全专项检查（1次）"]
)
def test_spun_words_and_other_signs_make_no_difference(title):
    ActionItemFactory(title="开展食堂食品安全专项检查")
    assert said(title) == ["此前已布置"]


def test_what_this_speech_assigned_says_so():
    speech, item = SpeechFactory(), ActionItemFactory(title="更换老旧校车")
    Quote.objects.create(item=item, text="原文", speech_ref=speech.pk, start=0, end=2)
    [one] = similar_items("更换老旧校车40辆", speech=speech)
    assert (one.said, one.origin) == ("本讲话已布置", "")


def test_a_closed_one_comes_after_one_that_can_be_joined():
    ActionItemFactory(title="更换老旧校车", status="closed", closed_on=date(2026, 4, 1))
    ActionItemFactory(title="更换老旧校车40辆")
    assert said("更换老旧校车") == ["此前已布置", "此前曾布置"]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        pytest.param("第三件，4所无证办园点", ["标题所指，此前已布置"], id="a heading that is the task"),
        pytest.param("（一）办园点", [], id="a field of work"),
        pytest.param("三、消防设施检测", [], id="something else"),
    ],
)
def test_a_sentence_is_known_by_its_heading_where_it_does_not_name_its_task(heading, found):
    ActionItemFactory(title="分类处置城区4所无证办园点")
    assert said("先把在园孩子分流到附近", section=["一、拖下来的事", heading]) == found


def test_the_card_tells_it_and_joins_in_one_click(as_officer):
    item = ActionItemFactory(title="更换老旧校车", source="第11次局务例会", source_date=date(2026, 4, 1))
    speech = SpeechFactory(sentences=[[0, 14, "task", True, []]])
    candidate = CandidateFactory(speech=speech, start=0, title="完成40辆老旧校车更换")
    html = as_officer.get(speech.get_absolute_url()).content.decode()
    assert "例会已布置" in html
    assert f"{item.number} 更换老旧校车" in html
    assert "4月1日" in html
    assert "办理中" in html

    url = reverse("speeches:attach", args=[speech.pk, candidate.pk])
    as_officer.post(url, {"item": item.pk})
    as_officer.post(url, {"item": item.pk})
    assert item.quotes.count() == 1


def test_it_takes_one_query_or_four(django_assert_num_queries):
    speech = SpeechFactory()
    with django_assert_num_queries(1):
        similar_items("更换老旧校车", speech=speech, section=["一、更换老旧校车"])
    ActionItemFactory.create_batch(25, title="更换老旧校车")
    with django_assert_num_queries(4):
        similar_items("更换老旧校车", speech=speech)
