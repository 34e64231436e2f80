"""Which departments the units written in a speech are. What is not certain stays as text: nothing is guessed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from tracker.org.models import Department, DepartmentGroup, Office

_NOTE = re.compile(r"[（(][^（）()]*[）)]")
_SPACE = re.compile(r"\s+")
_BODY_KINDS = "局委办厅部院校区府"


@dataclass(frozen=True, slots=True)
class Matched:
    """Written units in their order: those the directory knows, and the rest as written."""

    departments: tuple[Department, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitBook:
    """Every spelling of every active department, and every name of a group that has members.

    `own` are the ways a speech calls our own office (局, 我局).
    """

    spellings: dict[str, Department]
    own: tuple[str, ...] = ()
    groups: dict[str, DepartmentGroup] = field(default_factory=dict)

    @classmethod
    def current(cls) -> Self:
        """From the directory. Four queries, whatever its size."""
        departments = Department.objects.active().prefetch_related("aliases")
        groups = DepartmentGroup.objects.filter(members__is_active=True).distinct()
        return cls.of(departments, office=Office.current(), groups=groups)

    @classmethod
    def of(
        cls,
        departments: Iterable[Department],
        *,
        office: Office | None = None,
        groups: Iterable[DepartmentGroup] = (),
    ) -> Self:
        """A book of these departments. A full name beats a short name, and that an alias.

        A spelling that two departments share at the same level names neither of them.
        """
        spellings: dict[str, Department | None] = {"": None}
        rows = list(departments)
        for spell in (_full, _short, _aliases):
            level: dict[str, Department | None] = {}
            for department in rows:
                for text in map(_plain, spell(department)):
                    level[text] = None if level.get(text, department) is not department else department
            spellings = level | spellings
        known = {text: found for text, found in spellings.items() if found}
        named = {_plain(name): group for group in groups for name in group.names}
        return cls(known, _own_names(office), named)

    @property
    def departments(self) -> list[Department]:
        """The departments in their official order."""
        unique = {department.pk: department for department in self.spellings.values()}
        return sorted(unique.values(), key=lambda department: (department.position, department.pk))

    def find(self, text: str) -> Department | None:
        """The department that `text` names, whole or after the name of our own office; None when in doubt."""
        plain = _plain(text)
        if plain in self.spellings:
            return self.spellings[plain]
        for prefix in self.own:  # the longest first
            if plain.startswith(prefix) and plain[len(prefix) :] in self.spellings:
                return self.spellings[plain[len(prefix) :]]
        return None

    def match(self, written: Sequence[str]) -> Matched:
        """Split the written units into known departments (each once) and unknown texts, both in order."""
        found: dict[int, Department] = {}
        unknown = []
        for text in written:
            department = self.find(text)
            if department is None:
                unknown.append(text)
            else:
                found.setdefault(department.pk, department)
        return Matched(tuple(found.values()), tuple(unknown))

    def groups_in(self, written: Sequence[str]) -> tuple[DepartmentGroup, ...]:
        """The groups (各学校) among the written units, each once; a name that is a department's is that department."""
        named = [
            self.groups[_plain(text)]
            for text in written
            if not self.find(text) and _plain(text) in self.groups
        ]
        return tuple({group.pk: group for group in named}.values())


def _full(department: Department) -> list[str]:
    return [department.name]


def _short(department: Department) -> list[str]:
    return [department.short_name]


def _aliases(department: Department) -> list[str]:
    return [alias.text for alias in department.aliases.all()]


def _plain(text: str) -> str:
    return _SPACE.sub("", _NOTE.sub("", text))


def _own_names(office: Office | None) -> tuple[str, ...]:
    """区教育局 → 区教育局, 教育局's short form, 局, 我局, 本局, 局机关; longest first, so that the longest wins."""
    if office is None:
        return ()
    names = {_plain(office.name), _plain(office.short_name)}
    kind = office.name[-1:]
    if kind in _BODY_KINDS:
        names |= {kind, f"我{kind}", f"本{kind}", f"{kind}机关"}
    return tuple(sorted(names - {""}, key=len, reverse=True))
