"""Carry out a plan: all of it or nothing, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.db import transaction

from tracker.org import directory
from tracker.org.models import Department, DepartmentAlias, DepartmentGroup, Membership, Person
from tracker.org.roster.facts import DepartmentFacts, PersonFacts
from tracker.org.roster.planning import Plan, State

# A first password is random (59 bits), so it needs no slow hash; Django makes the slow one at the first sign-in.
# With the slow one 200 new accounts would take more than a minute.
_ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Account:
    """A new account with its first password, which is stored nowhere."""

    username: str
    name: str
    departments: str
    password: str


def carry_out(plan: Plan) -> list[Account]:
    """Write what `plan` says; the new accounts with their first passwords. Raises `directory.LastAdministrator`."""
    departments = [row.facts for row in plan.writes if isinstance(row.facts, DepartmentFacts)]
    people = [row.facts for row in plan.writes if isinstance(row.facts, PersonFacts)]
    fresh = {row.facts.username for row in plan.writes if row.state == State.NEW and isinstance(row.facts, PersonFacts)}  # fmt: skip
    passwords = {facts.username: directory.new_password() for facts in people if facts.username in fresh}
    hashes = {username: _quick_hash(password) for username, password in passwords.items()}
    with transaction.atomic():
        _write_departments(departments)
        _write_people(people, hashes)
        _write_leaders(departments)
        directory.somebody_administers()
    return [
        Account(row.username, row.name, "、".join(sorted(row.departments)), passwords[row.username])
        for row in people
        if row.username in passwords
    ]


def _quick_hash(password: str) -> str:
    hasher: Any = get_hasher()
    options = {"iterations": _ROUNDS} if hasattr(hasher, "iterations") else {}
    return str(hasher.encode(password, hasher.salt(), **options))


def _write_departments(rows: Sequence[DepartmentFacts]) -> None:
    """New ones in a few statements, whatever their number; changed ones one by one."""
    known = set(Department.objects.values_list("name", flat=True))
    columns = [
        Department(
            name=facts.name, short_name=facts.short_name, kind=facts.kind, position=facts.position, is_active=facts.active
        )
        for facts in rows
    ]  # fmt: skip
    Department.objects.bulk_create(
        columns,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["short_name", "kind", "position", "is_active"],
    )
    saved = Department.objects.in_bulk([facts.name for facts in rows], field_name="name")
    _write_groups(rows, saved, known)
    _write_aliases(rows, saved)


def _write_groups(rows: Iterable[DepartmentFacts], saved: Mapping[str, Department], known: set[str]) -> None:
    members: dict[str, list[Department]] = {}
    for facts in rows:
        if facts.name in known:
            gone = saved[facts.name].groups.exclude(name__in=facts.groups)
            saved[facts.name].groups.remove(*gone)
        for name in facts.groups:
            members.setdefault(name, []).append(saved[facts.name])
    for name, departments in members.items():
        DepartmentGroup.objects.get_or_create(name=name)[0].members.add(*departments)


def _write_aliases(rows: Iterable[DepartmentFacts], saved: Mapping[str, Department]) -> None:
    wanted = {text: saved[facts.name] for facts in rows for text in facts.aliases}
    for alias in DepartmentAlias.objects.filter(department__in=saved.values()):
        if wanted.get(alias.text) == alias.department:
            del wanted[alias.text]
        else:  # first all that go: an alias may move from one department to another
            alias.delete()
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department=department, text=text) for text, department in sorted(wanted.items())
    )


def _write_people(rows: Iterable[PersonFacts], hashes: Mapping[str, str]) -> None:
    """New ones in a few statements, whatever their number; changed ones one by one."""
    departments = {department.name: department for department in Department.objects.all()}
    fresh = []
    for facts in rows:
        values = {
            "name": facts.name, "title": facts.title, "phone": facts.phone, "email": facts.email, "is_active": facts.active,
        }  # fmt: skip
        if facts.username in hashes:
            secret = hashes[facts.username]
            person = Person(username=facts.username, password=secret, must_change_password=True, **values)
            fresh.append((person, facts))
            continue
        person = Person.objects.get(username=facts.username)
        Person.objects.filter(pk=person.pk).update(**values)
        directory.replace_roles(
            person,
            roles=facts.roles - {Membership.Role.LIAISON},
            departments=[departments[name] for name in facts.departments],
        )
    Person.objects.bulk_create(person for person, _ in fresh)
    Membership.objects.bulk_create(
        Membership(person=person, role=role, department=departments[name] if name else None)
        for person, facts in fresh
        for role, name in _held(facts)
    )


def _held(facts: PersonFacts) -> Iterator[tuple[str, str]]:
    """(role, the department it is held for or nothing)."""
    liaison = Membership.Role.LIAISON.value
    yield from ((role, "") for role in sorted(facts.roles - {liaison}))
    yield from ((liaison, name) for name in sorted(facts.departments))


def _write_leaders(rows: Sequence[DepartmentFacts]) -> None:
    people = dict(Person.objects.values_list("username", "pk"))
    departments = Department.objects.in_bulk([facts.name for facts in rows], field_name="name")
    for facts in rows:
        departments[facts.name].leader_id = people.get(facts.leader)
    Department.objects.bulk_update(departments.values(), ["leader"], batch_size=200)
