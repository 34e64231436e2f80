"""Small workbooks for the roster's tests."""

from io import BytesIO

from openpyxl import Workbook, load_workbook

DEPARTMENT_HEAD = ["名称", "简称", "别称", "类别", "排序", "分管领导", "所属组", "在用"]
PERSON_HEAD = ["姓名", "用户名", "职务", "电话", "邮箱", "角色", "单位", "在用"]


def book(*, departments=(), people=(), department_head=DEPARTMENT_HEAD, person_head=PERSON_HEAD):
    """A workbook's bytes; a sheet without rows is left out."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, head, rows in (("单位", department_head, departments), ("人员", person_head, people)):
        if rows:
            sheet = made.create_sheet(title)
            for row in (head, *rows):
                sheet.append(row)
    return saved(made)


def saved(made):
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def opened(data):
    """{sheet: rows of values}."""
    found = load_workbook(BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in found}
