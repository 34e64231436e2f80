"""Merging two departments (单位合并): what is open moves over, what is closed stays where it was done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, QuerySet

from tracker.items.models import ActionItem, Part
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.register import handler_of
from tracker.items.states import ENDED, EventKind
from tracker.org.models import Department, DepartmentAlias, DepartmentGroup, Membership, Person

REASON = "单位合并"


class SameDepartment(Exception):
    """A department cannot be merged into itself, nor into one that is closed. `str()` says so."""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a merger would move, and what stays: for the eye, before it is confirmed."""

    source: Department
    led: int
    supported: int
    parts: int
    led_closed: int
    supported_closed: int
    people: tuple[Person, ...]
    names: tuple[str, ...]
    groups: tuple[DepartmentGroup, ...]

    @classmethod
    def of(cls, source: Department) -> "Moving":
        """Counted by the same conditions by which `merge` moves."""
        everything, open_ = ActionItem.everything, ~Q(status__in=ENDED)
        liaisons = Membership.objects.filter(department=source).select_related("person").order_by("pk")
        return cls(
            source=source,
            led=everything.filter(open_, lead=source).count(),
            supported=everything.filter(open_, supporting=source).count(),
            parts=_open_parts(source).count(),
            led_closed=everything.filter(~open_, lead=source).count(),
            supported_closed=everything.filter(~open_, supporting=source).count(),
            people=tuple(dict.fromkeys(membership.person for membership in liaisons)),
            names=tuple(_names(source)),
            groups=tuple(source.groups.all()),
        )


@transaction.atomic
def merge(*, source: Department, into: Department, by: Person) -> int:
    """Merge `source` into `into`; returns how many open items changed hands. Doing it again changes nothing.

    Open items get `into` in place of `source`, each with one 改派 event; closed items keep `source`, which is no longer
    in use. Its names become aliases of `into`, its groups and 联络员 go over. Raises `SameDepartment`.
    """
    if source.pk == into.pk:
        raise SameDepartment("不能合并到本单位。")
    if not into.is_active:
        raise SameDepartment(f"{into}已撤销，不能并入。")
    parts = _move_parts(source, into)
    touched = list(_open_items(source, parts))
    for item in touched:
        _move_item(item, source, into, by=by, parts=parts.get(item.pk, 0))
    _move_people(source, into)
    _move_names(source, into)
    for group in source.groups.all():
        group.members.add(into)
    source.groups.clear()
    Department.objects.filter(pk=source.pk).update(is_active=False)
    return len(touched)


def _open_items(source: Department, parts: Iterable[int]) -> ActionItemQuerySet:
    mine = ActionItem.everything.filter(Q(lead=source) | Q(supporting=source) | Q(pk__in=list(parts)))
    # PostgreSQL locks no rows of a DISTINCT: first which, then these.
    pks = set(mine.exclude(status__in=ENDED).values_list("pk", flat=True))
    return ActionItem.everything.filter(pk__in=pks).select_for_update().order_by("pk")


def _open_parts(source: Department) -> QuerySet[Part]:
    return Part.objects.filter(department=source, state__in=Part.OPEN).exclude(item__status__in=ENDED)


def _move_parts(source: Department, into: Department) -> dict[int, int]:
    """Move open 分办; a share of the whole that `into` has already is dropped. {item: how many parts}."""
    moved: dict[int, int] = {}
    for part in _open_parts(source):
        moved[part.item_id] = moved.get(part.item_id, 0) + 1
        others = Part.objects.filter(item=part.item_id, department=into, title="")
        if not part.title and others.exclude(state=Part.State.DROPPED).exists():
            Part.objects.filter(pk=part.pk).update(state=Part.State.DROPPED)
        else:
            Part.objects.filter(pk=part.pk).update(department=into)
    return moved


def _move_item(item: ActionItem, source: Department, into: Department, *, by: Person, parts: int) -> None:
    """One item, one event. Names are written in full: two departments that are merged often share the short one."""
    changes: dict[str, list[str]] = {}
    if item.lead_id == source.pk:
        changes["lead"] = [source.name, into.name]
        if item.leader_id in (None, source.leader_id) and item.leader_id != into.leader_id:
            changes["leader"] = [str(item.leader or ""), str(into.leader or "")]
            item.leader = into.leader
        item.lead = into
        item.owner = item.owner or handler_of(into)
    supporting = list(item.supporting.all())
    wanted = [into if one == source else one for one in supporting]
    wanted = [one for one in dict.fromkeys(wanted) if one.pk != item.lead_id]
    if wanted != supporting:
        changes["supporting"] = ["、".join(one.name for one in rows) for rows in (supporting, wanted)]
        item.supporting.set(wanted)
    ActionItem.everything.filter(pk=item.pk).update(
        lead=item.lead, leader=item.leader, owner=item.owner, version=F("version") + 1
    )
    also = f"，分办 {parts} 项一并转入" if parts else ""
    item.record(
        EventKind.REASSIGNED, by=by, text=f"{REASON}：{source.name}并入{into.name}{also}", changes=changes
    )


def _move_people(source: Department, into: Department) -> None:
    for membership in source.memberships.all():
        twins = Membership.objects.filter(person=membership.person, role=membership.role, department=into)
        if twins.exists():
            membership.delete()
        else:
            Membership.objects.filter(pk=membership.pk).update(department=into)


def _names(source: Department) -> list[str]:
    aliases = source.aliases.values_list("text", flat=True)
    return [name for name in dict.fromkeys((source.name, source.short_name, *aliases)) if name]


def _move_names(source: Department, into: Department) -> None:
    """Speeches go on using the old names: they now mean `into`. A name that is another department's stays that one's."""
    names = _names(source)
    source.aliases.all().delete()
    taken = set(DepartmentAlias.objects.filter(text__in=names).values_list("text", flat=True))
    others = Department.objects.active().exclude(pk=source.pk)
    taken |= set(others.filter(name__in=names).values_list("name", flat=True)) | {into.short_name}
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department=into, text=name) for name in names if name not in taken
    )
