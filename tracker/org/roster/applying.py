"""Carry out a plan: all of it or nothing, in one transaction."""

from collections.abc import Iterable, Mapping
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
_ROUNDS = 20_000


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


def _write_departments(rows: Iterable[DepartmentFacts]) -> None:
    saved = []
    for facts in rows:
        values = {
            "short_name": facts.short_name, "kind": facts.kind, "position": facts.position, "is_active": facts.active,
        }  # fmt: skip
        saved.append((Department.objects.update_or_create(name=facts.name, defaults=values)[0], facts))
    named = {name for _, facts in saved for name in facts.groups}
    groups = {name: DepartmentGroup.objects.get_or_create(name=name)[0] for name in named}
    for department, facts in saved:  # first all that go: an alias may move from one department to another
        department.aliases.exclude(text__in=facts.aliases).delete()
        department.groups.set(groups[name] for name in facts.groups)
    for department, facts in saved:
        held = set(department.aliases.values_list("text", flat=True))
        DepartmentAlias.objects.bulk_create(
            DepartmentAlias(department=department, text=text) for text in sorted(facts.aliases - held)
        )


def _write_people(rows: Iterable[PersonFacts], hashes: Mapping[str, str]) -> None:
    departments = {department.name: department for department in Department.objects.all()}
    for facts in rows:
        values = {
            "name": facts.name, "title": facts.title, "phone": facts.phone, "email": facts.email, "is_active": facts.active,
        }  # fmt: skip
        if facts.username in hashes:
            values |= {"password": hashes[facts.username], "must_change_password": True}
        person, _ = Person.objects.update_or_create(username=facts.username, defaults=values)
        roles = facts.roles - {Membership.Role.LIAISON}
        directory.replace_roles(
            person, roles=roles, departments=[departments[name] for name in facts.departments]
        )


def _write_leaders(rows: Iterable[DepartmentFacts]) -> None:
    people = dict(Person.objects.values_list("username", "pk"))
    for facts in rows:
        Department.objects.filter(name=facts.name).update(leader=people.get(facts.leader))
