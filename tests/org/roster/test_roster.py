"""Out and in again: what is written, what was exported, what was refused, and the pages around it."""

import re
from io import BytesIO

import pytest
from django.contrib.auth import authenticate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import DepartmentFactory, PersonFactory
from tests.org.roster.books import DEPARTMENT_HEAD, book, opened
from tracker.org.models import Department, DepartmentAlias, DepartmentGroup, Person
from tracker.org.roster.applying import carry_out
from tracker.org.roster.facts import Office
from tracker.org.roster.planning import State, plan
from tracker.org.roster.reading import read_roster
from tracker.org.roster.workbook import roster_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("administrator")]
NEW_DEPARTMENT = ["基础教育科", "基教科", "基教、教育股", "科室", 3, "陆秋", "各科室、各单位", "是"]
NEW_LEADER = ["陆秋", "luqiu", "副局长", 13800000000, "luqiu@example.cn", "分管领导", None, None]
NEW_LIAISON = ["方晓", "fangxiao", "科长", None, None, "联络员、督查员", "基教科", None]


def planned(data):
    return plan(read_roster(data), Office.current())


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def full(administrator):
    """An office with a bit of everything, awkward names included."""
    group = DepartmentGroup.objects.create(name="各科室", other_names="机关各科室")
    leaders = [PersonFactory(name="陆秋", roles=["leader"]) for _ in range(2)]
    first = DepartmentFactory(name="=1+1", short_name="+科", leader=leaders[1])
    second = DepartmentFactory(name="教研室（督导室）", kind="affiliate", position=40)
    DepartmentAlias.objects.create(department=first, text="@股")
    DepartmentAlias.objects.create(department=first, text="教育股")
    group.members.set([first, second])
    gone = DepartmentFactory(name="旧科", is_active=False)
    PersonFactory(
        name="-何",
        phone="+86 139",
        email="he@example.cn",
        roles=["officer", ("liaison", first), ("liaison", gone)],
    )
    PersonFactory(name="无角色", is_active=False)


def upload(client, data, name="名册.xlsx"):
    return client.post(reverse("org:roster"), {"file": SimpleUploadedFile(name, data)})


def payload(response):
    found = re.search(r'name="payload" value="([^"]+)"', response.content.decode())
    assert found
    return {"payload": found[1]}


def test_a_file_with_departments_and_people_that_need_each_other_is_carried_out():
    accounts = carry_out(planned(book(departments=[NEW_DEPARTMENT], people=[NEW_LEADER, NEW_LIAISON])))
    unit = Department.objects.get()
    assert (unit.name, unit.leader.username, unit.position) == ("基础教育科", "luqiu", 3)
    assert sorted(unit.groups.values_list("name", flat=True)) == ["各单位", "各科室"]
    person = Person.objects.get(username="fangxiao")
    assert (person.liaison_departments, person.is_officer) == ([unit], True)
    assert [account.username for account in accounts] == ["luqiu", "fangxiao"]


def test_a_first_password_opens_the_account_and_must_be_changed():
    account = carry_out(planned(book(people=[NEW_LEADER])))[0]
    person = authenticate(username="luqiu", password=account.password)
    assert person == Person.objects.get(username="luqiu")
    assert person.must_change_password


def test_first_passwords_are_quickly_hashed_but_not_left_so(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    account = carry_out(planned(book(people=[NEW_LEADER])))[0]
    before = Person.objects.get(username="luqiu").password
    assert authenticate(username="luqiu", password=account.password)
    after = Person.objects.get(username="luqiu").password
    assert int(after.split("$")[1]) > int(before.split("$")[1])


@pytest.mark.usefixtures("full")
def test_what_was_exported_comes_back_unchanged():
    found = planned(roster_workbook(Office.current()))
    assert len(found.rows) == Department.objects.count() + Person.objects.count()
    assert [(row.label, row.state, row.reasons) for row in found.rows if row.state != State.SAME] == []


@pytest.mark.usefixtures("full")
def test_what_was_exported_builds_the_same_office_anew():
    data, before = roster_workbook(Office.current()), Office.current()
    Person.objects.exclude(name="管理员").delete()
    Department.objects.all().delete()
    found = planned(data)
    refused = [row.label for row in found.refused]
    carry_out(found)
    after = Office.current()
    assert refused == ["无角色", "-何"] or refused == ["-何", "无角色"]  # no role; a closed department
    assert after.departments == before.departments


@pytest.mark.usefixtures("full")
def test_cells_that_look_like_formulas_are_words():
    sheets = load_workbook(BytesIO(roster_workbook(Office.current())))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
    suspicious = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    wanted = {"=1+1", "+科", "@股、教育股", "-何", "+86 139", "=1+1、旧科"}
    assert {str(cell.value) for cell in suspicious} == wanted
    assert {(cell.data_type, cell.quotePrefix) for cell in suspicious} == {("s", True)}


def test_a_blank_form_holds_the_headings_and_how_to_fill_them_in(admin):
    response = admin.get(reverse("org:roster-export"), {"blank": "1"})
    sheets = opened(response.content)
    assert sheets["单位"] == [DEPARTMENT_HEAD]
    assert any("首次登录须修改" in str(row[0]) for row in sheets["填写说明"])
    assert "%E5%8D%95%E4%BD%8D" in response["Content-Disposition"]


def test_an_upload_is_only_shown_until_it_is_confirmed(admin):
    preview = upload(admin, book(departments=[NEW_DEPARTMENT], people=[NEW_LEADER]))
    assert "尚未写入" in preview.content.decode()
    assert not Department.objects.exists()
    done = admin.post(reverse("org:roster-import"), payload(preview))
    assert Department.objects.get().name == "基础教育科"
    assert "只显示这一次" in done.content.decode()
    assert done["Cache-Control"] == "no-store"


def test_confirming_twice_is_harmless(admin):
    sent = payload(upload(admin, book(departments=[["办公室"]], department_head=["名称"])))
    for _ in range(2):
        admin.post(reverse("org:roster-import"), sent)
    assert Department.objects.count() == 1


def test_a_preview_that_is_no_longer_true_is_shown_anew(admin):
    sent = payload(upload(admin, book(departments=[["办公室", "办"]], department_head=["名称", "简称"])))
    DepartmentFactory(name="办公室", short_name="局办")
    response = admin.post(reverse("org:roster-import"), sent)
    assert response.status_code == 409
    assert "还没有写入" in response.content.decode()
    assert Department.objects.get().short_name == "局办"


def test_refused_rows_come_back_with_their_reasons_and_can_be_put_right(admin):
    rows = [["办公室", None, None, "车间"], ["人事科", None, None, "科室"]]
    preview = upload(admin, book(departments=rows, department_head=DEPARTMENT_HEAD[:4]))
    response = admin.post(reverse("org:roster-refused"), payload(preview))
    sheet = opened(response.content)["单位"]
    assert sheet[0] == [*DEPARTMENT_HEAD[:4], "原因"]
    assert [row[0] for row in sheet[1:]] == ["办公室"]
    assert "类别“车间”应为" in sheet[1][-1]
    assert planned(response.content).ignored == ()


@pytest.mark.parametrize("name", ["roster-import", "roster-refused"])
@pytest.mark.parametrize("sent", [{}, {"payload": "made up"}])
def test_a_preview_that_is_not_ours_is_refused(admin, name, sent):
    response = admin.post(reverse(f"org:{name}"), sent, follow=True)
    assert "预览已失效" in response.content.decode()


def test_a_file_that_is_no_workbook_is_refused_in_words(admin):
    response = upload(admin, b"hello")
    assert response.status_code == 422
    assert "不是 Excel 工作簿" in response.content.decode()


@pytest.mark.parametrize("name", ["roster", "roster-export", "roster-import", "roster-refused"])
def test_only_administrators_get_there(as_officer, name):
    assert as_officer.get(reverse(f"org:{name}")).status_code == 403
