"""Compare a roster with what is there: what would be new, changed, the same or refused. Writes nothing."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tracker.org.models import Department, Membership, Person
from tracker.org.roster.columns import COLUMNS, DEPARTMENTS, PEOPLE
from tracker.org.roster.facts import (
    LEADING,
    DepartmentFacts,
    Office,
    PersonFacts,
    department_cells,
    person_cells,
)
from tracker.org.roster.reading import Roster, Row

_SPLIT = re.compile(r"[、，,；;\n/|]+")
_YES = {"", "是", "在用", "启用", "正常", "1", "true", "yes", "y", "√", "✓"}
_NO = {"否", "停用", "已撤销", "撤销", "不在用", "注销", "离岗", "0", "false", "no", "n", "✗"}
_KINDS = {kind.label: kind.value for kind in Department.Kind} | {
    "机关科室": "office", "股室": "office", "内设机构": "office", "处室": "office", "中小学": "school", "幼儿园": "school", "学校（园）": "school",
    "乡镇": "township", "街道": "township", "镇街": "township", "乡镇街道": "township", "事业单位": "affiliate", "直属事业单位": "affiliate",
}  # fmt: skip
_ROLES = {role.label: role.value for role in Membership.Role} | {
    "督办员": "officer", "联系人": "liaison", "承办人": "liaison", "主要负责人": "principal", "分管负责人": "leader", "管理员": "admin",
}  # fmt: skip
_MOST_POSITION = 9999
_LIAISON = Membership.Role.LIAISON.value
_T = TypeVar("_T")


class State(StrEnum):
    """What would become of a row."""

    NEW = "新增"
    CHANGED = "修改"
    SAME = "无变化"
    REFUSED = "不导入"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change, in words."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with what would become of it. `facts` is what would be true afterwards."""

    row: Row
    state: State
    facts: DepartmentFacts | PersonFacts | None = None
    changes: tuple[Change, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call the row."""
        return self.row.values.get("name") or self.row.values.get("username") or "（未填名称）"


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows in the order of the file, and the groups that would be made."""

    rows: Sequence[Planned] = ()
    new_groups: Sequence[str] = ()
    ignored: Sequence[str] = ()
    counts: Mapping[State, int] = field(default_factory=dict)

    @property
    def departments(self) -> list[Planned]:
        """What becomes of the rows of the sheet 单位; those without a change are in `same`."""
        return self._of(DEPARTMENTS)

    @property
    def people(self) -> list[Planned]:
        """What becomes of the rows of the sheet 人员; those without a change are in `same`."""
        return self._of(PEOPLE)

    def _of(self, sheet: str) -> list[Planned]:
        return [row for row in self.rows if row.row.sheet == sheet and row.state != State.SAME]

    @property
    def same(self) -> list[Planned]:
        """The rows that are as they are."""
        return [planned for planned in self.rows if planned.state == State.SAME]

    @property
    def refused(self) -> list[Planned]:
        """The rows that would not be taken."""
        return [planned for planned in self.rows if planned.state == State.REFUSED]

    @property
    def writes(self) -> list[Planned]:
        """The rows that would change something."""
        return [planned for planned in self.rows if planned.state in (State.NEW, State.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """Differs when carrying it out would not be what was shown."""
        shown = [
            [p.row.sheet, p.row.number, p.state, [[c.title, c.old, c.new] for c in p.changes]]
            for p in self.rows
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


class _Refused(Exception):
    """A cell that cannot be taken. `str()` says why."""


def plan(roster: Roster, office: Office) -> Plan:
    """Decide every row. A refused row takes with it those that would stand on it, so it goes round until all stand."""
    reasons: dict[tuple[str, int], list[str]] = {}
    while True:
        attempt = _Attempt(roster, office, reasons)
        fresh = attempt.run()
        if not fresh:
            return attempt.result()
        reasons |= fresh


class _Attempt:
    """One look at all rows that are not refused yet."""

    def __init__(self, roster: Roster, office: Office, refused: Mapping[tuple[str, int], list[str]]) -> None:
        self.roster, self.before, self.refused = roster, office, refused
        self.after = Office(dict(office.departments), dict(office.people), office.groups)
        self.facts: dict[tuple[str, int], DepartmentFacts | PersonFacts] = {}
        self.fresh: dict[tuple[str, int], list[str]] = {}
        self.new_groups: dict[str, None] = {}
        self.last_place = max((facts.position for facts in office.departments.values()), default=0)

    def run(self) -> dict[tuple[str, int], list[str]]:
        """The refusals this look adds."""
        departments: dict[str, DepartmentFacts] = dict(self.before.departments)
        people: dict[str, PersonFacts] = dict(self.before.people)
        self._each(self.roster.departments, departments, self._department)
        self.after = Office(departments, people, self.before.groups)
        self._each(self.roster.people, people, self._person)
        self.after = Office(departments, people, self.before.groups)
        self._each(self.roster.departments, departments, self._leader, again=True)
        self._names()
        self._administrators()
        return self.fresh

    def _each(
        self,
        rows: Sequence[Row],
        into: dict[str, Any],
        read: Callable[[Row, list[str]], Any],
        *,
        again: bool = False,
    ) -> None:
        """Read rows into facts by their key; a key that stood in the file before is refused."""
        seen: dict[str, int] = {}
        for row in rows:
            where = (row.sheet, row.number)
            if where in self.refused or where in self.fresh:
                continue
            complaints: list[str] = []
            facts = read(row, complaints)
            key = getattr(facts, "name" if row.sheet == DEPARTMENTS else "username", "")
            if key in seen and not again:
                complaints.append(f"与第{seen[key]}行重复")
            if complaints:
                self.fresh[where] = complaints
                continue
            seen[key] = row.number
            into[key] = self.facts[where] = facts

    def _department(self, row: Row, complaints: list[str]) -> DepartmentFacts:
        cells = _Cells(row, complaints)
        name = self._known(cells.words("name", Department, "name", needed=True))
        old = self.before.departments.get(name)
        if old is None:
            self.last_place += 1
        base = old or DepartmentFacts(name, position=min(self.last_place, _MOST_POSITION))
        groups = cells.each("groups", base.groups, self._group)
        return replace(
            base,
            short_name=cells.words("short_name", Department, "short_name", default=base.short_name),
            aliases=cells.each("aliases", base.aliases, _alias) - {name},
            kind=cells.one("kind", base.kind, _kind),
            position=cells.one("position", base.position, _position),
            groups=groups,
            active=cells.one("active", base.active, _active),
        )

    def _known(self, name: str) -> str:
        """The name as it is kept, where only the brackets are of another width."""
        if name in self.before.departments:
            return name
        return next((kept for kept in self.before.departments if _wide(kept) == _wide(name)), name)

    def _group(self, text: str) -> str:
        if text not in self.before.groups:
            if len(text) > 60:
                raise _Refused(f"组名“{text[:20]}…”超过60字")
            self.new_groups[text] = None
        return self.before.groups.get(text, text)

    def _person(self, row: Row, complaints: list[str]) -> PersonFacts:
        cells = _Cells(row, complaints)
        username = cells.words("username", Person, "username", needed=True)
        base = self.before.people.get(username) or PersonFacts(username)
        facts = replace(
            base,
            name=cells.words("name", Person, "name", default=base.name, needed=True),
            title=cells.words("title", Person, "title", default=base.title),
            phone=cells.words("phone", Person, "phone", default=base.phone),
            email=cells.words("email", Person, "email", default=base.email),
            roles=cells.each("roles", base.roles, _role),
            departments=cells.each("departments", base.departments, lambda text: self._unit(text, base)),
            active=cells.one("active", base.active, _active),
        )
        if facts.departments and not facts.roles:
            facts = replace(facts, roles=frozenset({_LIAISON}))
        as_before = (facts.roles, facts.departments) == (base.roles, base.departments)
        complaints += _account_complaints(facts, base)
        # Roles as they are: not for the file to answer for. Nor what hangs on a cell that could not be read.
        if not complaints and not (as_before and username in self.before.people):
            complaints += _role_complaints(facts)
        return facts

    def _unit(self, text: str, base: PersonFacts) -> str:
        name = self.after.spellings.get(text)
        if name is None:
            raise _Refused(f"没有“{text}”这个单位")
        if not self.after.departments[name].active and name not in base.departments:
            raise _Refused(f"{name}已撤销，不能再设联络员")
        return name

    def _leader(self, row: Row, complaints: list[str]) -> DepartmentFacts:
        facts = self.facts[row.sheet, row.number]
        assert isinstance(facts, DepartmentFacts)
        text = row.values.get("leader")
        if text is None or text == (self.before.called(facts.leader) if facts.leader else ""):
            return facts
        return replace(facts, leader=_Cells(row, complaints).one("leader", "", self._charge))

    def _charge(self, text: str) -> str:
        found = self.after.namesakes.get(_wide(text), [])
        if not found:
            raise _Refused(f"分管领导“{text}”不在人员中")
        if len(found) > 1:
            raise _Refused(f"有{len(found)}人名叫“{text}”，请写作“{text}（用户名）”")
        person = self.after.people[found[0]]
        if not person.active or not person.roles & set(LEADING):
            raise _Refused(f"“{text}”不是在用的主要领导或分管领导")
        return found[0]

    def _names(self) -> None:
        """One spelling means one department: the row that claims it later is refused."""
        claimed = {name: name for name, facts in self.after.departments.items() if facts.active}
        mine = {facts.name: where for where, facts in self.facts.items() if where[0] == DEPARTMENTS}
        for own in sorted(
            self.after.departments, key=lambda name: (name in mine, mine.get(name, ("", 0))[1])
        ):
            for text in sorted(self.after.departments[own].aliases):
                owner = claimed.setdefault(text, own)
                if owner == own:
                    continue
                where = mine.get(own) or mine.get(owner)
                if where:
                    other = owner if where == mine.get(own) else own
                    self.fresh.setdefault(where, []).append(f"“{text}”是{other}的名称或别称")

    def _administrators(self) -> None:
        """The last administrator stays."""
        after = self.after.people.values()
        if any(facts.administers for facts in after) or not any(
            facts.administers for facts in self.before.people.values()
        ):
            return
        for where, facts in self.facts.items():
            before = self.before.people.get(getattr(facts, "username", ""))
            if where[0] == PEOPLE and before and before.administers:
                self.fresh.setdefault(where, []).append("至少要保留一名在用的系统管理员")

    def result(self) -> Plan:
        """The rows with their states."""
        rows = tuple(self._planned(row) for row in (*self.roster.departments, *self.roster.people))
        counts = {state: sum(planned.state == state for planned in rows) for state in State}
        return Plan(rows, tuple(self.new_groups), tuple(self.roster.ignored), counts)

    def _planned(self, row: Row) -> Planned:
        where = (row.sheet, row.number)
        if where in self.refused:
            return Planned(row, State.REFUSED, reasons=tuple(dict.fromkeys(self.refused[where])))
        facts = self.facts[where]
        if isinstance(facts, DepartmentFacts):
            old: Any = self.before.departments.get(facts.name)
            cells: Callable[..., dict[str, str]] = department_cells
        else:
            old, cells = self.before.people.get(facts.username), person_cells
        shown_old = cells(old, self.before) if old else {}
        shown_new = cells(facts, self.after)
        changes = tuple(
            Change(column.title, shown_old.get(column.key, ""), shown_new[column.key])
            for column in COLUMNS[row.sheet]
            if shown_old.get(column.key, "") != shown_new[column.key]
        )
        if old is None:
            return Planned(row, State.NEW, facts, changes)
        return Planned(row, State.CHANGED if old != facts else State.SAME, facts, changes)


class _Cells:
    """The cells of one row. What cannot be taken is added to `complaints`, and the old value stands for it."""

    def __init__(self, row: Row, complaints: list[str]) -> None:
        self.values, self.complaints = row.values, complaints
        self.titles = {column.key: column.title for column in COLUMNS[row.sheet]}

    def words(
        self, key: str, model: type[Any], column: str, *, default: str = "", needed: bool = False
    ) -> str:
        """A text of one line, no longer than its column."""
        text = " ".join(self.values.get(key, default).split())
        longest = model._meta.get_field(column).max_length
        if needed and not text:
            self.complaints.append(f"缺少{self.titles[key]}")
        if len(text) > longest:
            self.complaints.append(f"{self.titles[key]}超过{longest}字")
        return text

    def one(self, key: str, default: _T, read: Callable[[str], _T]) -> _T:
        """One value of its own kind; a missing or blank cell keeps the old one."""
        text = self.values.get(key, "")
        if not text:
            return default
        try:
            return read(text)
        except _Refused as reason:
            self.complaints.append(str(reason))
            return default

    def each(self, key: str, default: frozenset[str], read: Callable[[str], str]) -> frozenset[str]:
        """Several values in one cell; a missing column keeps the old ones, a blank cell clears them."""
        if key not in self.values:
            return default
        found = set()
        for text in _SPLIT.split(self.values[key]):
            try:
                if text.strip():
                    found.add(read(text.strip()))
            except _Refused as reason:
                self.complaints.append(str(reason))
        return frozenset(found)


def _wide(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


def _alias(text: str) -> str:
    if len(text) > 60:
        raise _Refused(f"别称“{text[:20]}…”超过60字")
    return text


def _kind(text: str) -> str:
    plain = _wide(text)
    if plain not in _KINDS:
        raise _Refused(f"类别“{text}”应为{'、'.join(kind.label for kind in Department.Kind)}之一")
    return _KINDS[plain]


def _position(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= _MOST_POSITION):
        raise _Refused(f"排序“{text[:20]}”应为不大于{_MOST_POSITION}的整数")
    return int(text)


def _active(text: str) -> bool:
    plain = text.lower()
    if plain not in _YES | _NO:
        raise _Refused(f"在用“{text[:20]}”应为是或否")
    return plain in _YES


def _role(text: str) -> str:
    if text not in _ROLES:
        raise _Refused(f"没有“{text[:20]}”这个角色")
    return _ROLES[text]


def _account_complaints(facts: PersonFacts, base: PersonFacts) -> list[str]:
    found = []
    try:
        UnicodeUsernameValidator()(facts.username)
    except ValidationError:
        found.append("用户名只能用字母、数字、汉字和 @ . + - _")
    try:
        if facts.email and facts.email != base.email:
            validate_email(facts.email)
    except ValidationError:
        found.append(f"邮箱“{facts.email[:40]}”不对")
    return found


def _role_complaints(facts: PersonFacts) -> list[str]:
    found = []
    if not facts.roles and not facts.superuser:
        found.append("缺少角色")
    if facts.departments and _LIAISON not in facts.roles:
        found.append("填了单位，但角色中没有联络员")
    if _LIAISON in facts.roles and not facts.departments:
        found.append("联络员须填写负责的单位")
    return found
