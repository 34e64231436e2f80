"""Changes of departments and people that touch several rows: names, order, roles, passwords."""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from tracker.org.models import CalendarDay, Department, DepartmentAlias, DepartmentGroup, Membership, Person

# Without the letters and figures people mistake for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 12


class LastAdministrator(Exception):
    """Nobody would be left to look after the settings."""

    def __init__(self) -> None:
        super().__init__("至少要保留一名在用的系统管理员。")


@transaction.atomic
def set_names(department: Department, *, aliases: Sequence[str], groups: Iterable[DepartmentGroup]) -> None:
    """Replace a department's aliases and its membership of groups."""
    department.aliases.exclude(text__in=aliases).delete()
    held = set(department.aliases.values_list("text", flat=True))
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department=department, text=text)
        for text in dict.fromkeys(aliases)
        if text not in held
    )
    department.groups.set(groups)


@transaction.atomic
def set_order(places: Mapping[int, int]) -> None:
    """Number the departments anew. `places` maps a department to the place typed; equal places keep their order."""
    departments = list(Department.objects.all())
    departments.sort(key=lambda department: places.get(department.pk, department.position))
    for position, department in enumerate(departments, start=1):
        department.position = position
    Department.objects.bulk_update(departments, ["position"])


@transaction.atomic
def shift(department: Department, *, up: bool) -> None:
    """Move a department one place up or down in the official order; at the end it stays."""
    departments = list(Department.objects.all())
    at = departments.index(department)
    to = max(0, min(len(departments) - 1, at + (-1 if up else 1)))
    departments.insert(to, departments.pop(at))
    set_order({row.pk: place for place, row in enumerate(departments, start=1)})


@transaction.atomic
def set_roles(person: Person, *, roles: Iterable[str], departments: Iterable[Department]) -> None:
    """Replace a person's roles; `departments` are those they report for. Raises `LastAdministrator`."""
    replace_roles(person, roles=roles, departments=departments)
    somebody_administers()


def replace_roles(person: Person, *, roles: Iterable[str], departments: Iterable[Department]) -> None:
    """The same without asking who administers: for many people at once, who are asked about at the end."""
    liaison = Membership.Role.LIAISON
    wanted: set[tuple[str, int | None]] = {(role, None) for role in roles if role != liaison}
    wanted |= {(liaison, department.pk) for department in departments}
    for membership in person.memberships.all():
        if (membership.role, membership.department_id) in wanted:
            wanted.discard((membership.role, membership.department_id))
        else:
            membership.delete()
    Membership.objects.bulk_create(
        Membership(person=person, role=role, department_id=department)
        for role, department in sorted(wanted, key=str)
    )


def somebody_administers() -> None:
    """Raise `LastAdministrator` when nobody in use does."""
    people = Person.objects.filter(is_active=True)
    if not (
        people.filter(memberships__role=Membership.Role.ADMIN) | people.filter(is_superuser=True)
    ).exists():
        raise LastAdministrator


def new_password() -> str:
    """A random first password, easy to read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(PASSWORD_LENGTH))


def give_password(person: Person) -> str:
    """Set a new random password and return it: it is shown once and stored nowhere. Ends the person's sessions.

    Its owner must change it at the next sign-in: until then the administrator knows it too.
    """
    password = new_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    return password


@transaction.atomic
def declare_days(days: Iterable[CalendarDay]) -> int:
    """Declare days worked or free; a day declared before takes the new meaning. Returns how many."""
    rows = list(days)
    CalendarDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "note"]
    )
    return len(rows)
