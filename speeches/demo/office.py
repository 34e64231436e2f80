"""The invented office: departments, groups, people, terms."""

from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from tracker.org.models import (
    Department,
    DepartmentAlias,
    DepartmentGroup,
    Membership,
    Office,
    Person,
    SchoolTerm,
)

DEMO_PASSWORD = "demo-2026"


def load_office(data: dict[str, Any]) -> dict[str, Department]:
    """Create everything of org.json; the departments by short name."""
    office = data["office"]
    Office.objects.update_or_create(
        pk=1,
        defaults={
            "name": office["name"],
            "short_name": office["short"],
            "number_prefix": office["number_prefix"],
        },
    )
    people = {row["login"]: _person(row) for row in data["people"]}
    departments = {
        row["short_name"]: _department(row, position, people)
        for position, row in enumerate(data["departments"], 1)
    }
    for row in data["people"]:
        for role in row["roles"]:
            department = departments.get(role["department"] or "")
            Membership.objects.create(person=people[row["login"]], role=role["role"], department=department)
    for row in data["groups"]:
        _group(row, departments)
    SchoolTerm.objects.bulk_create(SchoolTerm(**row) for row in data["terms"])
    return departments


def add_schools(rows: list[dict[str, Any]]) -> None:
    """Schools that joined later, each with its 联络员, as members of 各学校 and 各单位."""
    groups = DepartmentGroup.objects.filter(name__in=("各学校", "各单位"))
    for row in rows:
        leader = Person.objects.filter(username=row["leader"]).first()
        school = Department.objects.create(
            name=row["name"],
            short_name=row["short_name"],
            kind="school",
            position=Department.objects.count() + 1,
            leader=leader,
        )
        liaison = Person.objects.create(
            username=row["login"], password=_hash(), name=row["liaison"], title=row["title"]
        )
        Membership.objects.create(person=liaison, role="liaison", department=school)
        for group in groups:
            group.members.add(school)


def _person(row: dict[str, Any]) -> Person:
    return Person.objects.create(
        username=row["login"], password=_hash(), name=row["name"], title=row["title"], phone=row["phone"]
    )


@cache
def _hash() -> str:
    """One hash for all: making one takes a third of a second."""
    return make_password(DEMO_PASSWORD)


def _department(row: dict[str, Any], position: int, people: dict[str, Person]) -> Department:
    department = Department.objects.create(
        name=row["name"],
        short_name=row["short_name"] if row["short_name"] != row["name"] else "",
        position=position,
        kind=row["kind"],
        leader=people.get(row["leader"]),
    )
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department=department, text=text) for text in row["aliases"]
    )
    return department


def _group(row: dict[str, Any], departments: dict[str, Department]) -> None:
    group = DepartmentGroup.objects.create(name=row["name"], other_names="\n".join(row["aliases"]))
    for member in row["members"]:
        if member.startswith("*"):
            group.members.add(*Department.objects.filter(kind=member[1:]))
        else:
            group.members.add(departments[member])
