"""The pages of the 例会: who may see and do what, what twice does, what a closed meeting shows."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, MeetingFactory, PersonFactory
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem
from tracker.items.states import Status
from tracker.meetings.models import Meeting, Ruling
from tracker.meetings.rulings import close_meeting, propose, record_ruling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
at = datetime.fromisoformat
PAGE_QUERIES, SCREEN_QUERIES = 27, 32


@pytest.fixture
def meeting(db):
    return MeetingFactory(
        number=8, title="第8次局务例会", held_at=at("2026-04-17T09:00+08:00"), place="三楼会议室"
    )


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 1), title="拨付校舍维修首批资金")


def url(name, meeting, item=None):
    return reverse(f"meetings:{name}", args=[meeting.pk, item.pk] if item else [meeting.pk])


def text(response):
    return response.content.decode()


# -- who may ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["detail", "present"])
def test_departments_do_not_see_meetings(as_liaison, meeting, name):
    assert as_liaison.get(url(name, meeting)).status_code == 404


@pytest.mark.parametrize("name", ["close", "propose", "rule"])
def test_changes_need_a_post(as_officer, meeting, item, name):
    target = url(name, meeting, None if name == "close" else item)
    assert as_officer.get(target).status_code == 405


@pytest.mark.parametrize("name", ["close", "propose", "rule"])
def test_a_leader_reads_but_does_not_write(client, leader, meeting, item, name):
    client.force_login(leader)
    target = url(name, meeting, None if name == "close" else item)
    assert client.post(target, {"kind": "close"}).status_code == 403
    assert client.get(url("detail", meeting)).status_code == 200
    assert "记录，下一件" not in text(client.get(url("present", meeting)))


def test_a_leader_reads_of_other_items_without_a_link(client, leader, department, meeting, item):
    other = ActionItemFactory(due=date(2026, 4, 1), title="他人分管的事项")
    client.force_login(leader)
    page = text(client.get(url("detail", meeting)))
    assert other.title in page
    assert other.get_absolute_url() not in page
    assert item.get_absolute_url() in page


def test_only_officers_plan(client, leader):
    client.force_login(leader)
    assert client.get(reverse("meetings:plan")).status_code == 403


# -- planning -----------------------------------------------------------------------------------------------------
def test_the_next_meeting_is_proposed_from_the_last_two(as_officer):
    for number, day in ((6, "2026-03-20"), (7, "2026-04-03")):
        MeetingFactory(
            number=number, title=f"第{number}次局务例会", held_at=at(f"{day}T09:00+08:00"), place="三楼"
        )
    page = text(as_officer.get(reverse("meetings:plan")))
    for value in ('value="8"', "第8次局务例会", "2026-04-17T09:00", "三楼"):
        assert value in page


def test_a_meeting_is_planned_and_moved(as_officer):
    data = {"number": 8, "title": "第8次例会", "held_at": "2026-04-17T09:00", "place": "三楼"}
    response = as_officer.post(reverse("meetings:plan"), data)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    as_officer.post(url("edit", meeting), data | {"place": "五楼"})
    assert Meeting.objects.get().place == "五楼"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"number": 7}, "已有这一次例会", id="number taken"),
        pytest.param({"held_at": "2026-04-01T09:00"}, "须晚于最近一次已定稿的例会", id="before the last"),
        pytest.param({"held_at": "2月30日"}, "有效", id="no date"),
    ],
)
def test_a_plan_that_cannot_be_is_sent_back_with_the_typed_text(as_officer, change, sentence):
    MeetingFactory(number=7, held_at=at("2026-04-03T09:00+08:00"), closed_at=at("2026-04-03T10:00+08:00"))
    data = {"number": 8, "title": "第8次例会", "held_at": "2026-04-17T09:00", "place": "三楼"} | change
    response = as_officer.post(reverse("meetings:plan"), data)
    assert response.status_code == 422
    assert sentence in text(response)
    assert "第8次例会" in text(response)


def test_a_closed_meeting_is_not_moved(as_officer, officer, meeting):
    close_meeting(meeting=meeting, by=officer)
    assert as_officer.get(url("edit", meeting)).status_code == 404


# -- the report ---------------------------------------------------------------------------------------------------
def test_the_report_tells_each_overdue_item(as_officer, officer, department, meeting, item):
    report_progress(item=item, by=officer, department=department, progress="已拨付15所", problem="备案不齐")
    page = text(as_officer.get(url("detail", meeting)))
    for sentence in (
        "三、超期事项（1件）",
        item.title,
        "已拨付15所",
        "备案不齐",
        "首次列入",
        "＝本次在办1，与台账一致",
    ):
        assert sentence in page


@pytest.mark.parametrize(("days", "material"), [(1, "未报"), (0, "—")], ids=["yesterday", "today"])
def test_who_was_handed_something_today_is_neither_behind_nor_without_items(
    as_officer, department, meeting, days, material
):
    ActionItemFactory(lead=department, due=date(2026, 9, 1), sent_on=date(2026, 4, 15 - days))
    page = text(as_officer.get(url("detail", meeting)))
    row = page.partition(f'<th scope="row">{department}</th>')[2].partition("</tr>")[0]
    assert material in row
    assert "无事项" not in row


def test_the_list_shows_the_figures_of_past_meetings(as_officer, officer, meeting, item):
    close_meeting(meeting=meeting, by=officer)
    page = text(as_officer.get(reverse("meetings:list")))
    assert '<td class="n over">1</td>' in page


def test_a_closed_report_is_text_with_the_day_it_was_frozen(as_officer, officer, meeting, item):
    propose(meeting=meeting, item=item, kind="summon", proposal="约谈承办单位")
    close_meeting(meeting=meeting, by=officer)
    item.move("close", by=officer)
    page = text(as_officer.get(url("detail", meeting)))
    assert "已定稿 4月15日 09:40" in page
    assert "约谈承办单位" in page
    assert 'name="proposal"' not in page
    assert "超期9个工作日" in page


def test_a_meeting_closed_without_a_snapshot_still_opens(as_officer):
    day = at("2026-04-03T09:00+08:00")
    meeting = MeetingFactory(number=7, held_at=day, closed_at=day)
    assert as_officer.get(url("detail", meeting)).status_code == 200
    assert as_officer.get(url("present", meeting)).status_code == 200


def test_closing_before_its_time_or_with_items_unruled_is_said_first(as_officer, officer, meeting, item):
    page = text(as_officer.get(url("detail", meeting)))
    assert "会议定于4月17日09:00召开，时间未到。尚有 1 件上会事项未记录会议意见。定稿后" in page
    record_ruling(meeting=meeting, item=item, by=officer, kind="continue", text="继续")
    Meeting.objects.update(held_at=at("2026-04-15T08:00+08:00"))
    assert 'data-confirm="定稿后' in text(as_officer.get(url("detail", meeting)))


def test_closing_twice_is_harmless(as_officer, meeting):
    first = as_officer.post(url("close", meeting), follow=True)
    closed_at = Meeting.objects.get().closed_at
    second = as_officer.post(url("close", meeting), follow=True)
    assert "下次例会自此起计" in text(first)
    assert "此前已定稿" in text(second)
    assert Meeting.objects.get().closed_at == closed_at


# -- 拟请明确 -----------------------------------------------------------------------------------------------------
def test_a_proposal_is_saved_and_comes_back_to_its_place(as_officer, meeting, item):
    response = as_officer.post(url("propose", meeting, item), {"kind": "summon", "proposal": "约谈承办单位"})
    assert response.url.endswith(f"#item-{item.pk}")
    page = text(as_officer.get(url("detail", meeting)))
    assert 'value="约谈承办单位"' in page
    assert '<td class="nw">约谈</td>' in page


def test_htmx_says_saved_beside_the_field(as_officer, meeting, item):
    response = as_officer.post(
        url("propose", meeting, item), {"proposal": "约谈"}, headers={"hx-request": "true"}
    )
    assert "已保存" in text(response)
    assert "<html" not in text(response)


def test_a_proposal_for_a_closed_meeting_is_a_conflict(as_officer, officer, meeting, item):
    close_meeting(meeting=meeting, by=officer)
    response = as_officer.post(
        url("propose", meeting, item), {"proposal": "约谈"}, headers={"hx-request": "true"}
    )
    assert response.status_code == 409
    assert "已定稿" in text(response)


# -- the projector ------------------------------------------------------------------------------------------------
def test_the_projector_shows_one_item_with_its_neighbours(as_officer, meeting):
    departments = [DepartmentFactory() for _ in range(3)]
    first, second, third = (
        ActionItemFactory(lead=department, due=date(2026, 4, 1)) for department in departments
    )
    page = text(as_officer.get(url("present", meeting), {"item": second.pk}))
    assert second.title in page
    assert "第 2 件　共 3 件" in page
    assert f'href="{url("present", meeting)}?item={first.pk}" data-go="back"' in page
    assert f'href="{url("present", meeting)}?item={third.pk}" data-go="on"' in page


@pytest.mark.parametrize("chosen", ["", "999999", "x"])
def test_an_unknown_item_starts_at_the_first(as_officer, meeting, item, chosen):
    assert item.title in text(as_officer.get(url("present", meeting), {"item": chosen}))


def test_an_item_that_asks_the_meeting_comes_after_the_overdue_ones(
    as_officer, officer, department, meeting, item
):
    asks = ActionItemFactory(lead=department, due=date(2026, 6, 1))
    report_progress(item=asks, by=officer, department=department, progress="受阻", needs_meeting=True)
    page = text(as_officer.get(url("present", meeting), {"item": asks.pk}))
    assert "需会议协调事项　第 1 件　共 1 件" in page


def test_a_ruling_is_recorded_and_the_next_item_shown(as_officer, meeting, item):
    following = ActionItemFactory(due=date(2026, 4, 1))
    data = {"kind": "reset", "text": "抓紧拨付", "due": "2026-04-24"}
    response = as_officer.post(url("rule", meeting, item), data)
    assert response.url == f"{url('present', meeting)}?item={following.pk}"
    item.refresh_from_db()
    assert (item.due, item.original_due) == (date(2026, 4, 24), date(2026, 4, 1))


def test_after_the_last_item_everything_said_is_listed(as_officer, meeting, item):
    response = as_officer.post(url("rule", meeting, item), {"kind": "close", "text": "同意办结"}, follow=True)
    assert "逐项通报完毕" in text(response)
    assert "同意办结" in text(response)
    assert ActionItem.objects.get().status == Status.CLOSED


def test_sending_the_same_ruling_twice_is_harmless(as_officer, meeting, item):
    for _ in range(2):
        as_officer.post(url("rule", meeting, item), {"kind": "summon", "text": "约谈"})
    assert Ruling.objects.count() == 1
    assert item.events.count() == 1


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        pytest.param({"kind": "reset"}, 409, "重定时限需要填写新的日期", id="no date"),
        pytest.param({"kind": "reset", "due": "2026-04-01"}, 422, "不能早于今天", id="past date"),
        pytest.param({"kind": "reassign"}, 409, "改派需要选择单位", id="no department"),
        pytest.param({"kind": "dance"}, 422, "处理", id="unknown kind"),
        pytest.param({}, 422, "请选择处理方式", id="no kind"),
    ],
)
def test_a_ruling_that_lacks_something_keeps_the_typed_text(
    as_officer, meeting, item, data, status, sentence
):
    response = as_officer.post(url("rule", meeting, item), {"text": "尽快办完"} | data)
    assert response.status_code == status
    assert sentence in text(response)
    assert 'value="尽快办完"' in text(response)


def test_an_item_on_hold_cannot_be_closed_by_a_ruling(as_officer, officer, department, meeting):
    item = ActionItemFactory(lead=department, due=date(2026, 6, 1))
    report_progress(item=item, by=officer, department=department, progress="受阻", needs_meeting=True)
    item.move("hold", by=officer, reason="等上级文件")
    response = as_officer.post(url("rule", meeting, item), {"kind": "close"})
    assert response.status_code == 409
    assert "不能办结销号" in text(response)


def test_the_projector_of_a_closed_meeting_only_shows(as_officer, officer, meeting, item):
    record_ruling(meeting=meeting, item=item, kind="summon", text="约谈承办单位", by=officer)
    close_meeting(meeting=meeting, by=officer)
    page = text(as_officer.get(url("present", meeting)))
    assert "约谈承办单位" in page
    assert "记录，下一件" not in page
    assert as_officer.post(url("rule", meeting, item), {"kind": "continue"}).status_code == 409


@pytest.mark.parametrize("rows", [5, 25])
@pytest.mark.parametrize(("name", "queries"), [("detail", PAGE_QUERIES), ("present", SCREEN_QUERIES)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    as_officer, officer, meeting, django_assert_num_queries, name, queries, rows
):
    for _ in range(rows):
        item = ActionItemFactory(due=date(2026, 4, 1), supporting=[DepartmentFactory()])
        propose(meeting=meeting, item=item, kind="summon", proposal="约谈")
        ActionItemFactory(due=date(2026, 4, 16))
        ActionItemFactory().move("close", by=officer)
    with django_assert_num_queries(queries):
        as_officer.get(url(name, meeting))


@pytest.mark.parametrize("rows", [5, 25])
def test_the_list_reads_no_snapshots(as_officer, django_assert_num_queries, rows):
    for number in range(rows):
        day = at("2026-01-05T09:00+08:00") + timedelta(days=number)
        MeetingFactory(number=number + 1, held_at=day, closed_at=day, snapshot={"totals": {"open": number}})
    with django_assert_num_queries(8):
        as_officer.get(reverse("meetings:list"))


def test_the_principal_reads_the_report(client, meeting):
    client.force_login(PersonFactory(roles=["principal"]))
    assert client.get(url("detail", meeting)).status_code == 200
