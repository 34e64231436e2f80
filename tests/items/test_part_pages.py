"""分办 on the pages: splitting, a department's own part, a group's x/N."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.models import Part
from tracker.items.parts import give_part
from tracker.items.states import EventKind, Status
from tracker.items.workflow import make_move
from tracker.org.models import DepartmentGroup

pytestmark = pytest.mark.usefixtures("wednesday")
MINE = reverse("items:mine")


@pytest.fixture
def item(department):
    return ActionItemFactory(lead=department, due=date(2026, 4, 30), title="改造供电线路")


@pytest.fixture
def part(item, other_department, officer):
    return give_part(
        item=item, department=other_department, by=officer, title="核拨经费", due=date(2026, 4, 20)
    )


def act(client, part, name, **form):
    return client.post(reverse("items:part-act", args=[part.pk, name]), form)


def test_the_lead_splits_its_item(as_liaison, item, other_department):
    form = {"department": other_department.pk, "title": "核拨经费", "due": "4月20日"}
    as_liaison.post(reverse("items:split", args=[item.pk]), form)
    assert Part.objects.get().due == date(2026, 4, 20)
    page = as_liaison.get(item.get_absolute_url()).content.decode()
    assert "签收 0/1　完成 0/1" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"department": "", "title": "核拨经费"}, "请选择分办单位"),
        ({"due": "5月20日", "title": "核拨"}, "不能晚于事项时限"),
    ],
)
def test_a_mistake_in_a_step_keeps_what_was_typed(as_liaison, item, other_department, form, said):
    response = as_liaison.post(
        reverse("items:split", args=[item.pk]), {"department": other_department.pk} | form
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    assert form["title"] in response.content.decode()


def test_a_department_signs_and_finishes_its_part_from_its_page(client, outsider, part):
    client.force_login(outsider)
    assert "核拨经费" in client.get(MINE, {"tab": "sign"}).content.decode()
    act(client, part, "sign", **{"from": "mine"})
    act(client, part, "finish", text="")
    part.refresh_from_db()
    assert part.state == Part.State.IN_PROGRESS  # done needs words
    act(client, part, "finish", text="已核拨46万元")
    part.refresh_from_db()
    assert (part.state, part.note) == (Part.State.DONE, "已核拨46万元")


def test_a_part_that_is_signed_may_be_reported_on_before_the_lead_signs(client, outsider, part, item):
    type(item).objects.filter(pk=item.pk).update(status=Status.ISSUED)
    client.force_login(outsider)
    url = reverse("items:report", args=[item.pk])
    client.post(url, {"progress": "已开始"})
    assert not item.feedbacks.exists()
    act(client, part, "sign")
    client.post(url, {"progress": "已开始"})
    assert item.feedbacks.get().department == part.department


def test_a_part_that_is_not_ours_goes_back_with_a_reason(client, outsider, part, item):
    client.force_login(outsider)
    act(client, part, "refuse", text="属办公室")
    part.refresh_from_db()
    assert part.state == Part.State.REFUSED
    assert item.events.first().kind == EventKind.PART_REFUSED


def test_nobody_acts_on_the_part_of_another(client, as_liaison, part):
    assert act(as_liaison, part, "sign").status_code == 403
    client.force_login(PersonFactory(roles=[("liaison", DepartmentFactory())]))
    assert act(client, part, "sign").status_code == 404


def test_a_department_acts_on_its_own_of_several_parts_only(client, outsider, part, item, officer):
    foreign = give_part(item=item, department=DepartmentFactory(), by=officer, title="采购")
    client.force_login(outsider)
    assert act(client, foreign, "sign").status_code == 403
    assert act(client, part, "drop").status_code == 403


def test_the_lead_moves_the_date_of_a_part_it_gave(as_liaison, client, outsider, part, item):
    act(as_liaison, part, "date", due="4月25日", text="等待批复")
    part.refresh_from_db()
    assert part.due == date(2026, 4, 25)
    client.force_login(outsider)
    assert act(client, part, "date", due="4月28日", text="来不及").status_code == 403


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"due": "4月25日", "text": ""}, "需要写明原因"),
        ({"due": "", "text": "等待批复"}, "请填写新的时限"),
        ({"due": "5月25日", "text": "等待批复"}, "不能晚于事项时限"),
    ],
)
def test_a_date_without_reason_or_past_the_items_is_refused(as_officer, part, form, said):
    response = act(as_officer, part, "date", **form)
    page = response.content.decode()
    assert (response.status_code, said in page) == (422, True)
    assert all(f'value="{typed}"' in page for typed in form.values() if typed)  # nothing to type again
    part.refresh_from_db()
    assert part.due == date(2026, 4, 20)


def test_a_limit_in_another_year_is_told_with_its_year(as_officer, part, item):
    type(item).objects.filter(pk=item.pk).update(due=date(2027, 1, 8))
    assert "不晚于 2027年1月8日" in as_officer.get(item.get_absolute_url()).content.decode()
    response = act(as_officer, part, "date", due="2027-03-01", text="等待批复")
    assert "不能晚于事项时限（2027年1月8日）" in response.content.decode()
    act(as_officer, part, "date", due="2027-01-05", text="等待批复")
    assert "4月20日 → 2027年1月5日" in item.events.filter(text__contains="等待批复").get().text


def test_signing_twice_is_harmless(client, outsider, part, item):
    client.force_login(outsider)
    for _ in range(2):
        act(client, part, "sign")
    assert item.events.filter(kind=EventKind.PART_SIGNED).count() == 1


def test_a_group_item_names_who_has_not_signed(as_officer, officer, department):
    schools = [DepartmentFactory(name=f"第{n}小学") for n in range(1, 4)]
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.set(schools)
    item = ActionItemFactory(lead=department, status=Status.DRAFT, issued_on=None)
    item.groups.add(group)
    make_move(item=item, name="issue", by=officer)
    for part in item.parts_given.all()[:2]:
        part.sign(by=officer)
    page = as_officer.get(item.get_absolute_url()).content.decode()
    assert "签收 2/3　完成 0/3" in page
    assert "未签收（1）</span>　第3小学" in page


def test_who_joins_the_group_later_gets_a_share_too(as_officer, item, officer):
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.add(DepartmentFactory(name="第九小学"))
    form = as_officer.get(reverse("items:edit", args=[item.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()} | {"groups": [group.pk]}
    as_officer.post(reverse("items:edit", args=[item.pk]), data | {"due": "2026-04-30"})
    assert [part.department.name for part in item.parts_given.all()] == ["第九小学"]
    assert item.events.filter(kind=EventKind.EDITED).get().changes == {"groups": ["", "各学校"]}
    form = as_officer.get(reverse("items:edit", args=[item.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value()} | {"groups": []}
    page = as_officer.post(
        reverse("items:edit", args=[item.pk]),
        data | {"due": "2026-04-30", "initial-groups": group.pk},
        follow=True,
    ).content.decode()
    assert "已保存；收回未签收的分办 1 项。" in page
    assert not item.parts_given.exclude(state=Part.State.DROPPED).exists()


def test_closing_with_open_parts_asks_and_loses_nothing(as_officer, item, part):
    url = reverse("items:move", args=[item.pk, "close"])
    response = as_officer.post(url, {"reason": "主体工程已验收", "staged": "on"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "尚有 1 项分办未完成" in page
    assert "主体工程已验收" in page
    assert 'name="staged" checked' in page
    as_officer.post(url, {"reason": "主体工程已验收", "staged": "on", "despite_parts": "on"})
    item.refresh_from_db()
    assert (item.status, item.closing_kind) == (Status.CLOSED, "staged")


@pytest.mark.parametrize("rows", [5, 25])
def test_the_number_of_queries_does_not_grow_with_the_parts(
    as_officer, item, officer, rows, django_assert_num_queries
):
    for _ in range(rows):
        part = give_part(item=item, department=DepartmentFactory(), by=officer, title="一步")
        part.sign(by=officer)
    with django_assert_num_queries(24):
        as_officer.get(item.get_absolute_url())
