"""What the roster says of a department and a person, read from the database and written as cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tracker.org.models import Department, DepartmentGroup, Membership, Person
from tracker.org.roster.columns import NO, YES

LEADING = (Membership.Role.LEADER.value, Membership.Role.PRINCIPAL.value)


@dataclass(frozen=True, slots=True)
class DepartmentFacts:
    """A department. `leader` is a user name or empty; names and groups keep no order."""

    name: str
    short_name: str = ""
    aliases: frozenset[str] = frozenset()
    kind: str = Department.Kind.OFFICE.value
    position: int = 0
    leader: str = ""
    groups: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person. `departments` are the full names of those they report for."""

    username: str
    name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    active: bool = True
    superuser: bool = False

    @property
    def administers(self) -> bool:
        """Whether the settings are in this person's hands."""
        return self.active and (self.superuser or Membership.Role.ADMIN.value in self.roles)


@dataclass(frozen=True)
class Office:
    """Everything of the roster at one moment, by name and user name. `groups` has every name of a group."""

    departments: Mapping[str, DepartmentFacts] = field(default_factory=dict)
    people: Mapping[str, PersonFacts] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def current(cls) -> "Office":
        """As the database has it. Six queries, whatever its size."""
        departments = Department.objects.select_related("leader").prefetch_related("aliases", "groups")
        people = Person.objects.prefetch_related("memberships__department")
        groups = {name: group.name for group in DepartmentGroup.objects.all() for name in group.names}
        return cls(
            {row.name: _department(row) for row in departments},
            {row.username: _person(row) for row in people},
            groups,
        )

    @cached_property
    def spellings(self) -> dict[str, str]:
        """{any name of a department: its full name}. A full name beats a short one, and that an alias."""
        rows = self.departments.values()
        aliases = {text: row.name for row in rows for text in row.aliases}
        short = {row.short_name: row.name for row in rows if row.short_name}
        return aliases | short | {row.name: row.name for row in rows}

    @cached_property
    def namesakes(self) -> dict[str, list[str]]:
        """{name, or name（user name）: user names of the people called so}."""
        found: dict[str, list[str]] = {}
        for row in self.people.values():
            for text in (row.name, f"{row.name}（{row.username}）"):
                found.setdefault(text, []).append(row.username)
        return found

    def called(self, username: str) -> str:
        """A person's name, with the user name where two have it."""
        name = self.people[username].name if username in self.people else username
        return name if len(self.namesakes.get(name, ())) < 2 else f"{name}（{username}）"


def _department(row: Department) -> DepartmentFacts:
    return DepartmentFacts(
        name=row.name,
        short_name=row.short_name,
        aliases=frozenset(alias.text for alias in row.aliases.all()),
        kind=row.kind,
        position=row.position,
        leader=row.leader.username if row.leader else "",
        groups=frozenset(group.name for group in row.groups.all()),
        active=row.is_active,
    )


def _person(row: Person) -> PersonFacts:
    held = row.memberships.all()
    return PersonFacts(
        username=row.username,
        name=row.name,
        title=row.title,
        phone=row.phone,
        email=row.email,
        roles=frozenset(membership.role for membership in held),
        departments=frozenset(
            membership.department.name
            for membership in held
            if membership.department and membership.role == Membership.Role.LIAISON
        ),
        active=row.is_active,
        superuser=row.is_superuser,
    )


def department_cells(facts: DepartmentFacts, office: Office) -> dict[str, str]:
    """The row of the sheet 单位, by column key."""
    return {
        "name": facts.name,
        "short_name": facts.short_name,
        "aliases": _list(facts.aliases),
        "kind": Department.Kind(facts.kind).label,
        "position": str(facts.position),
        "leader": office.called(facts.leader) if facts.leader else "",
        "groups": _list(facts.groups),
        "active": YES if facts.active else NO,
    }


def person_cells(facts: PersonFacts, office: Office) -> dict[str, str]:
    """The row of the sheet 人员, by column key."""
    order = {name: (row.position, name) for name, row in office.departments.items()}
    return {
        "name": facts.name,
        "username": facts.username,
        "title": facts.title,
        "phone": facts.phone,
        "email": facts.email,
        "roles": "、".join(role.label for role in Membership.Role if role.value in facts.roles),
        "departments": "、".join(sorted(facts.departments, key=lambda name: order.get(name, (0, name)))),
        "active": YES if facts.active else NO,
    }


def _list(texts: Iterable[str]) -> str:
    return "、".join(sorted(texts))
