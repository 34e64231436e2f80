"""The settings pages: administrators only, and what each form does and refuses."""

import re
from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse

from tests.factories import DepartmentFactory, PersonFactory
from tracker.org.directory import set_order
from tracker.org.models import (
    CalendarDay,
    Department,
    DepartmentAlias,
    DepartmentGroup,
    Office,
    Person,
    SchoolTerm,
)

pytestmark = pytest.mark.django_db
PAGES = ["settings", "departments", "department-new", "groups", "group-new", "people", "person-new", "calendar", "terms", "term-new"]  # fmt: skip


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def text(response):
    return response.content.decode()


def person_data(**changes):
    return {"name": "方晓", "username": "fangxiao", "roles": ["officer"], "is_active": "on"} | changes


# -- who may ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAGES)
def test_administrators_open_every_page(admin, name):
    assert admin.get(reverse(f"org:{name}")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_officers_open_none_of_them(as_officer, name):
    assert as_officer.get(reverse(f"org:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["order", "group-delete", "password", "day-delete", "term-delete"])
def test_changes_need_a_post(admin, name):
    target = reverse(f"org:{name}", args=[] if name == "order" else [1])
    assert admin.get(target).status_code == 405


# -- the office ---------------------------------------------------------------------------------------------------
def test_the_office_is_renamed(admin):
    data = {
        "name": "云溪区教育局",
        "short_name": "区教育局",
        "number_prefix": "云教督",
        "due_soon_days": 5,
        "sign_days": 3,
        "stagnant_days": 15,
    }
    response = admin.post(reverse("org:settings"), data, follow=True)
    assert Office.current().due_soon_days == 5
    assert "云溪区教育局" in text(response)


# -- departments --------------------------------------------------------------------------------------------------
def test_a_department_is_added_at_the_end_with_its_aliases_and_groups(admin, department):
    group = DepartmentGroup.objects.create(name="各科室")
    data = {"name": "职业教育科", "short_name": "职教科", "kind": "office", "is_active": "on"}
    data |= {"aliases": "职教\n\n 职业科 \n职教", "groups": [group.pk]}
    admin.post(reverse("org:department-new"), data)
    added = Department.objects.get(name="职业教育科")
    assert sorted(added.aliases.values_list("text", flat=True)) == ["职业科", "职教"]
    assert (list(added.groups.all()), added.position) == ([group], 2)


def test_an_alias_of_another_department_is_refused_by_name(admin, department):
    DepartmentAlias.objects.create(department=department, text="基教科")
    data = {"name": "幼教科", "kind": "office", "is_active": "on", "aliases": "基教科"}
    response = admin.post(reverse("org:department-new"), data)
    assert response.status_code == 422
    assert "“基教科”已是基础教育科的别称" in text(response)
    assert not Department.objects.filter(name="幼教科").exists()


def test_saving_a_department_again_keeps_its_aliases(admin, department):
    data = {"name": department.name, "kind": "office", "is_active": "on", "aliases": "基教科"}
    for _ in range(2):
        admin.post(reverse("org:department", args=[department.pk]), data)
    assert list(department.aliases.values_list("text", flat=True)) == ["基教科"]


def test_a_closed_department_is_switched_off_and_stays(admin, department):
    admin.post(reverse("org:department", args=[department.pk]), {"name": department.name, "kind": "office"})
    department.refresh_from_db()
    assert not department.is_active
    page = text(admin.get(reverse("org:departments")))
    assert "已撤销</td>" in page
    assert "请在该单位页用“并入其他单位”转出" in page


def test_the_typed_order_becomes_the_official_order(admin):
    first, second, third = (DepartmentFactory() for _ in range(3))
    data = {f"place-{third.pk}": "1", f"place-{first.pk}": "2", f"place-{second.pk}": "x", "place-": "4"}
    admin.post(reverse("org:order"), data)
    assert list(Department.objects.active()) == [third, first, second]


def test_equal_places_keep_their_order():
    first, second = DepartmentFactory(position=7), DepartmentFactory(position=9)
    set_order({first.pk: 1, second.pk: 1})
    assert [department.position for department in Department.objects.all()] == [1, 2]


@pytest.mark.parametrize(
    ("moved", "way", "after"),
    [(1, "up", [1, 0, 2]), (1, "down", [0, 2, 1]), (0, "up", [0, 1, 2]), (2, "down", [0, 1, 2])],
)
def test_a_department_moves_one_place(admin, moved, way, after):
    rows = [DepartmentFactory(position=7) for _ in range(3)]  # equal places keep the order they were made in
    response = admin.post(reverse("org:department-move", args=[rows[moved].pk, way]))
    assert response.url.endswith(f"#d{rows[moved].pk}")
    assert list(Department.objects.all()) == [rows[number] for number in after]


@pytest.mark.parametrize("rows", [5, 25])
def test_the_department_list_takes_the_same_queries_for_any_number(admin, django_assert_num_queries, rows):
    for number in range(rows):
        DepartmentAlias.objects.create(department=DepartmentFactory(), text=f"别称{number}")
    with django_assert_num_queries(7):
        admin.get(reverse("org:departments"))


def test_a_group_gets_its_members_and_goes(admin, department):
    admin.post(
        reverse("org:group-new"), {"name": "各科室", "other_names": "机关各科室", "members": [department.pk]}
    )
    group = DepartmentGroup.objects.get()
    assert (group.names, list(group.members.all())) == (["各科室", "机关各科室"], [department])
    for _ in range(2):
        assert admin.post(reverse("org:group-delete", args=[group.pk])).status_code == 302
    assert not DepartmentGroup.objects.exists()


# -- people -------------------------------------------------------------------------------------------------------
def test_a_new_person_gets_a_password_shown_once(admin, department):
    response = admin.post(reverse("org:person-new"), person_data(roles=[], departments=[department.pk]))
    person = Person.objects.get(username="fangxiao")
    secret = re.search(r'class="secret">(\w+)<', text(response))
    assert secret
    assert authenticate(username="fangxiao", password=secret[1]) == person
    assert person.liaison_departments == [department]
    assert response["Cache-Control"] == "no-store"


def test_roles_are_replaced(admin, department):
    person = PersonFactory(name="方晓", username="fangxiao", roles=["leader", ("liaison", department)])
    admin.post(reverse("org:person", args=[person.pk]), person_data())
    assert [membership.role for membership in person.memberships.all()] == ["officer"]


def test_one_person_holds_several_roles_for_several_departments(admin, department, other_department):
    data = person_data(roles=["leader", "officer"], departments=[department.pk, other_department.pk])
    admin.post(reverse("org:person-new"), data)
    held = Person.objects.get(username="fangxiao").memberships.values_list("role", "department__name")
    assert sorted(held, key=str) == [
        ("leader", None),
        ("liaison", department.name),
        ("liaison", other_department.name),
        ("officer", None),
    ]


def test_saving_a_person_keeps_a_closed_department(admin, department):
    person = PersonFactory(name="方晓", username="fangxiao", roles=[("liaison", department)])
    Department.objects.filter(pk=department.pk).update(is_active=False)
    page = text(admin.get(reverse("org:person", args=[person.pk])))
    assert f"{department}（已撤销）" in page
    admin.post(
        reverse("org:person", args=[person.pk]), person_data(roles=["officer"], departments=[department.pk])
    )
    assert person.memberships.filter(department=department).exists()


def test_a_closed_department_is_offered_to_nobody_new(admin, department):
    Department.objects.filter(pk=department.pk).update(is_active=False)
    for name in ("person-new", "group-new"):
        assert department.name not in text(admin.get(reverse(f"org:{name}")))


def test_saving_a_group_keeps_a_closed_member(admin, department):
    group = DepartmentGroup.objects.create(name="各科室")
    group.members.set([department])
    Department.objects.filter(pk=department.pk).update(is_active=False)
    admin.post(reverse("org:group", args=[group.pk]), {"name": "各科室", "members": [department.pk]})
    assert list(group.members.all()) == [department]


def test_saving_a_department_keeps_a_leader_who_lost_the_role(admin, department):
    person = PersonFactory(name="陆秋", roles=["officer"])
    Department.objects.filter(pk=department.pk).update(leader=person)
    data = {"name": department.name, "kind": "office", "is_active": "on", "leader": person.pk}
    admin.post(reverse("org:department", args=[department.pk]), data)
    department.refresh_from_db()
    assert department.leader == person


def test_a_department_is_not_named_by_anothers_alias(admin, department):
    DepartmentAlias.objects.create(department=department, text="教育股")
    response = admin.post(
        reverse("org:department-new"), {"name": "教育股", "kind": "office", "is_active": "on"}
    )
    assert "“教育股”已是基础教育科的别称" in text(response)


def test_a_person_without_a_role_is_sent_back(admin):
    response = admin.post(reverse("org:person-new"), person_data(roles=[]))
    assert response.status_code == 422
    assert "至少选择一个角色" in text(response)


@pytest.mark.parametrize(
    "change",
    [pytest.param({}, id="role taken away"), pytest.param({"roles": ["admin"], "is_active": ""}, id="off")],
)
def test_the_last_administrator_stays(admin, administrator, change):
    response = admin.post(
        reverse("org:person", args=[administrator.pk]), person_data(username=administrator.username, **change)
    )
    assert response.status_code == 422
    assert "至少要保留一名" in text(response)
    assert Person.objects.get(pk=administrator.pk).is_administrator


def test_a_reset_password_replaces_the_old_one(admin):
    person = PersonFactory(roles=["officer"])
    person.set_password("the-old-password")
    person.save(update_fields=["password"])
    response = admin.post(reverse("org:password", args=[person.pk]))
    secret = re.search(r'class="secret">(\w+)<', text(response))
    assert secret
    assert authenticate(username=person.username, password="the-old-password") is None
    assert authenticate(username=person.username, password=secret[1]) == person


def test_people_are_found_by_name(admin):
    PersonFactory(name="方晓", roles=["officer"])
    PersonFactory(name="何川", roles=["officer"])
    page = text(admin.get(reverse("org:people"), {"q": "方"}))
    assert "方晓" in page
    assert "何川" not in page


# -- days ---------------------------------------------------------------------------------------------------------
def test_a_stretch_of_days_is_declared_and_declared_anew(admin):
    data = {"day": "2026-07-06", "until": "2026-07-08", "is_workday": "0", "note": "防汛停工"}
    admin.post(reverse("org:calendar"), data)
    admin.post(reverse("org:calendar"), {"day": "2026-07-07", "is_workday": "1"})
    assert list(CalendarDay.objects.values_list("day__day", "is_workday")) == [
        (6, False),
        (7, True),
        (8, False),
    ]


@pytest.mark.parametrize("until", ["2026-07-05", "2027-07-05"])
def test_a_stretch_runs_forward_and_is_not_endless(admin, until):
    response = admin.post(reverse("org:calendar"), {"day": "2026-07-06", "until": until, "is_workday": "0"})
    assert response.status_code == 422
    assert not CalendarDay.objects.exists()


def test_a_declared_day_is_taken_back(admin):
    day = CalendarDay.objects.create(day=date(2026, 7, 6), is_workday=False)
    admin.post(reverse("org:day-delete", args=[day.pk]))
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        pytest.param("2026-09-01", "2026-08-01", "结束日期须晚于开学日期", id="backwards"),
        pytest.param("2026-06-01", "2026-09-01", "与“春季学期”日期重叠", id="overlap"),
    ],
)
def test_a_term_that_cannot_be_is_refused(admin, starts, ends, sentence):
    SchoolTerm.objects.create(name="春季学期", starts=date(2026, 3, 1), ends=date(2026, 7, 5))
    response = admin.post(reverse("org:term-new"), {"name": "秋季学期", "starts": starts, "ends": ends})
    assert response.status_code == 422
    assert sentence in text(response)


def test_a_term_is_added_changed_and_deleted(admin):
    data = {"name": "秋季学期", "starts": "2026-09-01", "ends": "2027-01-20"}
    admin.post(reverse("org:term-new"), data)
    term = SchoolTerm.objects.get()
    admin.post(reverse("org:term", args=[term.pk]), data | {"ends": "2027-01-25"})
    term.refresh_from_db()
    assert term.ends == date(2027, 1, 25)
    admin.post(reverse("org:term-delete", args=[term.pk]))
    assert not SchoolTerm.objects.exists()


# -- one's own account -------------------------------------------------------------------------------------------
def test_everybody_finds_the_way_to_their_own_password(client, liaison):
    client.force_login(liaison)
    assert reverse("password") in client.get("/", follow=True).content.decode()


def test_changing_the_password_says_so(client, officer):
    officer.set_password("before-2026")
    officer.save(update_fields=["password"])
    client.force_login(officer)
    new = {"new_password1": "lan-pu-9274", "new_password2": "lan-pu-9274"}
    page = client.post(reverse("password"), {"old_password": "before-2026", **new}, follow=True)
    assert "密码已修改。" in page.content.decode()


def test_a_short_password_is_refused_in_chinese(client, officer):
    client.force_login(officer)
    page = client.post(reverse("password"), {"new_password1": "x1y2", "new_password2": "x1y2"})
    assert "密码太短，至少 8 位。" in page.content.decode()
    assert "too short" not in page.content.decode()


def test_a_name_given_twice_is_refused_in_plain_words(client, administrator, department):
    client.force_login(administrator)
    page = client.post(reverse("org:department-new"), {"name": department.name, "kind": department.kind})
    assert "已有相同的名称。" in page.content.decode()
