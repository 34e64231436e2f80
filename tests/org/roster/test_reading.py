"""From bytes to rows of text."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from tests.org.roster.books import book, saved
from tracker.org.roster import reading
from tracker.org.roster.reading import Roster, RosterUnreadable, read_roster


def only(roster):
    return dict((roster.departments or roster.people)[0].values)


def test_both_sheets_are_read_by_their_headings():
    roster = read_roster(
        book(departments=[["基础教育科", "基教科"] + [None] * 6], people=[["方晓", "fangxiao"] + [None] * 6])
    )
    assert only(roster)["short_name"] == "基教科"
    assert dict(roster.people[0].values)["username"] == "fangxiao"
    assert roster.departments[0].number == 2


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("单位名称", "name"), ("名称*（必填）", "name"), ("科 室", "name"), ("其他叫法", "aliases"), ("序号", "position"), ("单位类别", "kind"),
        ("分管负责人", "leader"), ("是否在用", "active"),
    ],
)  # fmt: skip
def test_department_columns_go_by_other_words(head, key):
    other = "简称" if key == "name" else "名称"
    roster = read_roster(book(departments=[["一", "二"]], department_head=[head, other]))
    assert only(roster)[key] == "一"


@pytest.mark.parametrize(
    ("head", "key"),
    [("登录名", "username"), ("联系电话", "phone"), ("手机", "phone"), ("E-mail", "email"), ("部门", "departments"), ("权限", "roles")],
)  # fmt: skip
def test_people_columns_go_by_other_words(head, key):
    roster = read_roster(book(people=[["方晓", "一"]], person_head=["姓名", head]))
    assert (only(roster)[key], roster.departments) == ("一", ())


def test_a_title_above_the_headings_and_blank_lines_are_passed_over():
    made = Workbook()
    for row in (["澜浦区教育局科室名册"], [], ["名称", "简称"], ["办公室", None], [], ["人事科", None]):
        made.active.append(row)
    roster = read_roster(saved(made))
    assert [(row.number, row.values["name"]) for row in roster.departments] == [(4, "办公室"), (6, "人事科")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800000000, "13800000000"), (3.0, "3"), (True, "是"), (date(2026, 4, 1), "2026-04-01"), (datetime(2026, 4, 1), "2026-04-01"),
        (" 办公室\u200b ", "办公室"), ("a\nb", "a\nb"),
    ],
)  # fmt: skip
def test_cells_become_the_text_people_see(value, text):
    assert only(read_roster(book(departments=[["办公室", value]])))["short_name"] == text


def test_unknown_columns_and_sheets_are_named():
    made = Workbook()
    made.active.title = "通讯录"
    made.active.append(["楼层", "房间"])
    sheet = made.create_sheet("单位")
    sheet.append(["名称", "备注", "原因"])
    sheet.append(["办公室", "三楼", "与第2行重复"])
    assert read_roster(saved(made)).ignored == (
        "工作表“通讯录”没有认出列名，未读取",
        "“单位”表的“备注”列未读取",
    )


def test_a_column_the_sheet_lacks_is_not_a_blank_one():
    row = only(read_roster(book(departments=[["办公室", None]], department_head=["名称", "简称"])))
    assert row == {"name": "办公室", "short_name": ""}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0" + b"0" * 600, "另存为 .xlsx", id="old or locked"),
        pytest.param(b"name,short\n1,2\n", "不是 Excel 工作簿", id="no zip"),
        pytest.param(b"", "不是 Excel 工作簿", id="empty"),
        pytest.param(book(departments=[["办公室"]])[:900], "不是 Excel 工作簿", id="cut off"),
        pytest.param(book(departments=[["一楼"]], department_head=["楼层"]), "没有找到可导入的行", id="no headings"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(data, sentence):
    with pytest.raises(RosterUnreadable, match=sentence):
        read_roster(data)


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    with pytest.raises(RosterUnreadable, match="超过 3 行"):
        read_roster(book(departments=[[f"科{n}"] for n in range(4)], department_head=["名称"]))
    monkeypatch.setattr(reading, "_MAX_UNPACKED", 100)
    with pytest.raises(RosterUnreadable, match="展开后过大"):
        read_roster(book(departments=[["办公室"]]))


def test_a_roster_travels_as_plain_data():
    roster = read_roster(book(departments=[["办公室", "办", None, None, 1]], people=[["方晓", "fangxiao"]]))
    assert Roster.unpacked(roster.packed()) == roster
