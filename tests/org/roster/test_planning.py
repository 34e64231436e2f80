"""What would become of each row; nothing is written."""

import pytest

from tests.factories import DepartmentFactory, PersonFactory
from tests.org.roster.books import book
from tracker.org.models import Department, DepartmentAlias, DepartmentGroup, Person
from tracker.org.roster.facts import Office
from tracker.org.roster.planning import State, plan
from tracker.org.roster.reading import read_roster

pytestmark = pytest.mark.django_db


def planned(**sheets):
    return plan(read_roster(book(**sheets)), Office.current())


def department(name="办公室", **cells):
    keys = ("short_name", "aliases", "kind", "position", "leader", "groups", "active")
    return [name, *(cells.get(key) for key in keys)]


def person(username="fangxiao", **cells):
    keys = ("title", "phone", "email", "roles", "departments", "active")
    return [cells.get("name", "方晓"), username, *({"roles": "督查员", **cells}.get(key) for key in keys)]


def test_new_changed_and_unchanged_rows_are_told_apart():
    DepartmentFactory(name="办公室", position=1)
    DepartmentFactory(name="人事科", position=2)
    found = planned(
        departments=[department("办公室"), department("人事科", position=5), department("基教科")]
    )
    assert [row.state for row in found.rows] == [State.SAME, State.CHANGED, State.NEW]
    assert [(c.title, c.old, c.new) for c in found.rows[1].changes] == [("排序", "2", "5")]
    assert Department.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(department("", short_name="办"), "缺少名称", id="no name"),
        pytest.param(department("科" * 61), "名称超过60字", id="long"),
        pytest.param(department(kind="车间"), "类别“车间”应为", id="kind"),
        pytest.param(department(position="一"), "排序“一”应为", id="position"),
        pytest.param(department(position="-1"), "排序“-1”应为", id="negative"),
        pytest.param(department(position="99999"), "排序“99999”应为", id="far"),
        pytest.param(department(active="也许"), "应为是或否", id="active"),
        pytest.param(department(leader="无此人"), "分管领导“无此人”不在人员中", id="leader"),
        pytest.param(department(aliases="别" * 61), "超过60字", id="alias"),
    ],
)
def test_a_department_row_is_refused_with_its_reason(row, reason):
    only = planned(departments=[row]).rows[0]
    assert only.state == State.REFUSED
    assert reason in "".join(only.reasons)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(person(""), "缺少用户名", id="no account"),
        pytest.param(person("a b!"), "用户名只能用", id="bad account"),
        pytest.param(person(name=""), "缺少姓名", id="no name"),
        pytest.param(person(roles=None), "缺少角色", id="no role"),
        pytest.param(person(roles="打杂"), "没有“打杂”这个角色", id="role"),
        pytest.param(person(email="x"), "邮箱“x”不对", id="email"),
        pytest.param(person(roles="联络员"), "须填写负责的单位", id="liaison of nothing"),
        pytest.param(person(departments="办公室"), "没有“办公室”这个单位", id="unit"),
        pytest.param(person(phone="1" * 31), "电话超过30字", id="phone"),
    ],
)
def test_a_person_row_is_refused_with_its_reason(row, reason):
    only = planned(people=[row]).rows[0]
    assert only.state == State.REFUSED
    assert reason in "".join(only.reasons)


def test_people_may_report_for_departments_of_the_same_file_by_any_name():
    found = planned(
        departments=[department("基础教育科", short_name="基教科"), department("学前科", aliases="幼教科")],
        people=[person(roles="联络员、分管领导", departments="基教科,幼教科")],
    )
    facts = found.people[0].facts
    assert facts.departments == {"基础教育科", "学前科"}
    assert facts.roles == {"liaison", "leader"}


def test_a_refused_row_takes_those_with_it_that_stand_on_it():
    found = planned(
        departments=[department("基教科", kind="车间"), department("学前科", leader="方晓")],
        people=[person(name="方晓", roles="联络员、分管领导", departments="基教科")],
    )
    assert [row.state for row in found.rows] == [State.REFUSED] * 3
    assert found.rows[1].reasons == ("分管领导“方晓”不在人员中",)


def test_the_second_row_of_a_key_is_refused():
    found = planned(departments=[department(), department()], people=[person(), person()])
    assert [row.state for row in found.rows] == [State.NEW, State.REFUSED] * 2
    assert found.rows[1].reasons == ("与第2行重复",)


def test_an_alias_means_one_department():
    kept = DepartmentFactory(name="人事科")
    DepartmentAlias.objects.create(department=kept, text="人事")
    found = planned(
        departments=[department("组织科", aliases="人事"), department("办公室", aliases="人事科")]
    )
    assert [row.reasons for row in found.rows] == [
        ("“人事”是人事科的名称或别称",),
        ("“人事科”是人事科的名称或别称",),
    ]


def test_an_alias_may_move_from_one_department_to_another():
    kept = DepartmentFactory(name="人事科", position=1)
    DepartmentAlias.objects.create(department=kept, text="人事")
    found = planned(departments=[department("人事科"), department("组织科", aliases="人事")])
    assert [row.state for row in found.rows] == [State.CHANGED, State.NEW]


def test_namesakes_must_be_told_apart():
    for username in ("fang1", "fang2"):
        PersonFactory(name="方晓", username=username, roles=["leader"])
    found = planned(departments=[department("甲科", leader="方晓"), department("乙科", leader="方晓(fang2)")])
    assert "有2人名叫“方晓”" in found.rows[0].reasons[0]
    assert found.rows[1].facts.leader == "fang2"


def test_only_a_leader_in_use_takes_charge():
    PersonFactory(name="方晓", roles=["officer"])
    PersonFactory(name="何川", roles=["leader"], is_active=False)
    found = planned(departments=[department("甲科", leader="方晓"), department("乙科", leader="何川")])
    assert all("不是在用的主要领导或分管领导" in row.reasons[0] for row in found.rows)


def test_a_missing_column_keeps_and_a_blank_cell_clears():
    kept = DepartmentFactory(name="办公室", short_name="办")
    DepartmentAlias.objects.create(department=kept, text="局办")
    found = planned(departments=[["办公室", None]], department_head=["名称", "简称"])
    assert [change.title for change in found.rows[0].changes] == ["简称"]
    assert found.rows[0].facts.aliases == {"局办"}


def test_the_last_administrator_stays(administrator):
    row = person(administrator.username, name=administrator.name)
    found = planned(people=[row])
    assert found.rows[0].reasons == ("至少要保留一名在用的系统管理员",)


def test_a_new_group_is_announced_and_a_known_one_goes_by_its_other_names():
    DepartmentGroup.objects.create(name="各科室", other_names="机关各科室")
    found = planned(departments=[department(groups="机关各科室、各学校")])
    assert (found.new_groups, found.rows[0].facts.groups) == (("各学校",), {"各科室", "各学校"})


def test_a_closed_department_takes_no_new_people_but_keeps_those_it_has():
    gone = DepartmentFactory(name="旧科", is_active=False)
    PersonFactory(name="何川", username="hechuan", roles=[("liaison", gone)])
    found = planned(
        people=[
            person(roles="联络员", departments="旧科"),
            person("hechuan", name="何川", roles="联络员", departments="旧科"),
        ]
    )
    assert [row.state for row in found.rows] == [State.REFUSED, State.SAME]


def test_brackets_of_another_width_are_the_same_name():
    DepartmentFactory(name="教研室（督导室）", position=1)
    assert planned(departments=[department("教研室(督导室)")]).rows[0].state == State.SAME


def test_the_fingerprint_changes_with_what_would_happen():
    first = planned(departments=[department()])
    DepartmentFactory(name="办公室")
    assert planned(departments=[department()]).fingerprint != first.fingerprint


@pytest.mark.parametrize("rows", [5, 25])
def test_the_queries_do_not_grow_with_the_office(django_assert_num_queries, rows):
    for _ in range(rows):
        unit = DepartmentFactory()
        PersonFactory(roles=[("liaison", unit)])
    with django_assert_num_queries(7):
        planned(departments=[department()], people=[person()])
    assert Person.objects.count() == rows
