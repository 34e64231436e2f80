"""The columns of the two sheets and the words by which people call them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.org.models import Department, Membership

DEPARTMENTS, PEOPLE, GUIDE = "单位", "人员", "填写说明"
REASON = "原因"
YES, NO = "是", "否"
_NOISE = re.compile(r"[\s*\uff0a:：]|[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `words` are other headings it goes by, `width` is in characters of Latin text."""

    key: str
    title: str
    width: float
    hint: str
    words: tuple[str, ...] = ()
    needed: bool = False
    example: str = ""
    choices: tuple[str, ...] = ()


_ACTIVE = ("在用", "是否在用", "状态", "启用", "是否启用")
DEPARTMENT_COLUMNS = (
    Column(
        "name", "名称", 26, "单位全称，与系统内名称一致的视为同一单位。更名请在“单位与别称”页修改。",
        ("单位名称", "单位全称", "全称", "部门名称", "科室名称", "部门", "科室", "单位"), needed=True, example="基础教育科",
    ),
    Column("short_name", "简称", 14, "列表中显示，可不填。", ("单位简称", "短名"), example="基教科"),
    Column(
        "aliases", "别称", 30, "讲话中的其他叫法，多个用顿号隔开。一个别称只能属于一个单位。",
        ("别名", "其他叫法", "其他名称", "曾用名"), example="基教、基础教育股",
    ),
    Column(
        "kind", "类别", 14, "在列出的类别中选择；不填为科室。", ("单位类别", "类型", "单位类型", "性质"), example="科室",
        choices=tuple(kind.label for kind in Department.Kind),
    ),
    Column("position", "排序", 8, "整数，小的在前；新单位不填则排在最后。", ("序号", "顺序", "排序号", "次序"), example="3"),
    Column(
        "leader", "分管领导", 16, "填姓名，须是角色含主要领导或分管领导的在用人员；有重名时写作“姓名（用户名）”。",
        ("分管负责人", "分管", "责任领导"), example="陆秋宁",
    ),
    Column("groups", "所属组", 24, "单位组的名称，多个用顿号隔开；没有的组会新建。", ("单位组", "所属单位组", "分组"), example="各科室"),
    Column("active", "在用", 8, "是或否；撤销的单位填否，原有事项保留。不填为是。", _ACTIVE, example=YES, choices=(YES, NO)),
)  # fmt: skip
PERSON_COLUMNS = (
    Column("name", "姓名", 14, "真实姓名。", ("人员姓名", "名字"), needed=True, example="方晓"),
    Column(
        "username", "用户名", 18, "登录时使用，字母、数字或汉字，不能重复；与系统内一致的视为同一人。",
        ("登录名", "账号", "帐号", "登录账号", "用户账号"), needed=True, example="fangxiao",
    ),
    Column("title", "职务", 18, "可不填。", ("职位", "岗位"), example="科长"),
    Column("phone", "电话", 18, "可不填。", ("联系电话", "手机", "手机号", "手机号码", "电话号码", "办公电话"), example="0571-00000000"),
    Column("email", "邮箱", 26, "接收电子邮件提醒用，可不填。", ("电子邮箱", "电子邮件", "邮件", "email", "e-mail"), example="fangxiao@example.cn"),
    Column(
        "roles", "角色", 22, f"可兼任，用顿号隔开：{'、'.join(role.label for role in Membership.Role)}。",
        ("权限", "身份"), needed=True, example="联络员",
    ),
    Column(
        "departments", "单位", 34, "联络员负责签收、反馈的单位，多个用顿号隔开；其他角色不填。",
        ("所属单位", "负责单位", "联络单位", "部门", "科室", "所在单位"), example="基础教育科",
    ),
    Column("active", "在用", 8, "是或否；离岗人员填否，不能再登录，历史记录保留。不填为是。", _ACTIVE, example=YES, choices=(YES, NO)),
)  # fmt: skip
COLUMNS = {DEPARTMENTS: DEPARTMENT_COLUMNS, PEOPLE: PERSON_COLUMNS}


def folded(heading: str) -> str:
    """A heading without spaces, stars and remarks in brackets: 名称*（必填） → 名称."""
    return _NOISE.sub("", heading).lower()


def headings(sheet: str) -> dict[str, str]:
    """{folded heading: column key} of one sheet."""
    return dict(_spellings(COLUMNS[sheet]))


def _spellings(columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        for word in (*column.words, column.title):
            yield folded(word), column.key
