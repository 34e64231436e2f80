"""From the ledger to a snapshot. Every flag is an `Exists` of the ledger's own queryset, in one query.

One query sees one state of the database, so an item cannot be open in one figure and closed in another.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.documents.figures import CLOSED, OPEN, WITHDRAWN, Application, Line, OfficeFacts, Snapshot, Words
from tracker.documents.kinds import Kind, Series, Source
from tracker.documents.models import Document, DocumentNumber
from tracker.documents.refusals import NothingToPrint
from tracker.documents.wording import day, names
from tracker.items.measures import measures_of
from tracker.items.models import ActionItem, Event, ExtensionRequest, Quote, RequestState
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, Status
from tracker.org.clock import now as clock
from tracker.org.models import Department, Office

_NOT_ISSUED = (Status.DRAFT, Status.APPROVAL)


def take(document: Document, *, now: Reckoning | None = None) -> Snapshot:
    """The snapshot for a document about items. Raises `NothingToPrint`."""
    now = now or Reckoning.now()
    parameters = document.parameters
    chosen, scope = chosen_items(parameters)
    # A paper that has its number was sent: it is printed whatever became of the item since.
    sent = bool(parameters.get("options", {}).get("number"))
    items, what = (chosen, "所选事项已不存在。") if sent else _fitting(chosen, document.kind, now)
    rows = _annotated(items, now)
    lines = [_line(item, now, parameters) for item in rows]
    if not lines:
        raise NothingToPrint(what)
    if document.kind == Kind.CARD:
        cards = _previous_cards(lines)
        lines = [replace(line, previous_card=cards.get(line.item_id, "")) for line in lines]
    if document.kind == Kind.EXTENSION:
        filed = _applications(lines)
        lines = [replace(line, application=filed.get(line.item_id)) for line in lines]
    return Snapshot.of(
        lines,
        departments=[
            (department.pk, str(department))
            for department in Department.objects.active().order_by("position", "pk")
        ],
        taken_at=clock(),
        today=now.today,
        office=office_facts(),
        scope=scope,
        due_soon_days=now.soon_days,
        facts=_facts(parameters) | _left_out(parameters, lines),
    )


def office_facts() -> OfficeFacts:
    """The office's names."""
    office = Office.current()
    return OfficeFacts(name=office.name, short_name=office.short_name, prefix=office.number_prefix)


def chosen_items(parameters: dict[str, Any]) -> tuple[ActionItemQuerySet, str]:
    """The items a document is about and what they are in words."""
    items = ActionItem.objects.all()
    match parameters.get("source"):
        case Source.ITEMS:
            return items.filter(pk__in=parameters["items"]), "所选督办事项"
        case Source.SPEECH:
            spoken = Quote.objects.filter(item=OuterRef("pk"), speech_ref=parameters["speech"])
            return items.filter(Exists(spoken)), _speech_title(parameters["speech"])
        case Source.PERIOD:
            first, last = (date.fromisoformat(parameters[name]) for name in ("since", "until"))
            return items.filter(issued_on__range=(first, last)), f"{day(first)}至{day(last)}交办的事项"
        case _:
            return items.open(), "全部在办事项"


def _speech_title(speech: int) -> str:
    title = (
        Quote.objects.filter(speech_ref=speech)
        .exclude(speech_title="")
        .order_by("pk")
        .values_list("speech_title", flat=True)
        .first()
    )
    return f"《{title}》" if title else "所选讲话"


def _fitting(items: ActionItemQuerySet, kind: str, now: Reckoning) -> tuple[ActionItemQuerySet, str]:
    """Those a form can be about, and what to say when there is none."""
    # What was only drafted is no department's matter yet: it is in no bulletin and gets no slip but the first.
    issued = items.exclude(status__in=_NOT_ISSUED)
    match kind:
        case Kind.CHASE:
            return issued.overdue(now), "所选范围内没有超期事项，不需要催办。"
        case Kind.REMINDER:
            return issued.due_soon(now), f"所选范围内没有临期事项（剩余{now.soon_days}个工作日以内）。"
        case Kind.NOTICE:
            return items.open().with_unit(), "所选范围内没有已明确单位的在办事项。"
        case Kind.CARD | Kind.EXTENSION:
            return issued.open(), "所选事项均未交办或已办结。"
        case Kind.BULLETIN | Kind.SUMMARY:
            return issued, "所选范围内没有已交办的事项。"
        case Kind.BREAKDOWN | Kind.BREAKDOWN_SHEET:
            return items.exclude(status=Status.WITHDRAWN), "所选范围内没有事项。"
        case _:
            return items, "所选范围内没有事项。"


def _annotated(items: ActionItemQuerySet, now: Reckoning) -> ActionItemQuerySet:
    ledger = ActionItem.objects
    flags = {
        "is_overdue": ledger.overdue(now),
        "is_due_soon": ledger.due_soon(now),
        "is_silent": ledger.without_feedback(now),
    }
    chases = Event.objects.filter(item=OuterRef("pk"), kind=EventKind.CHASED).order_by().values("item")
    counted: Any = chases.annotate(n=Count("pk"))
    found = items.with_latest_feedback().annotate(
        **{name: Exists(rows.filter(pk=OuterRef("pk"))) for name, rows in flags.items()},
        chased=Coalesce(Subquery(counted.values("n")), 0),
    )
    return found.for_rows().prefetch_related("supporting__leader", "quotes").in_office_order()


def _line(item: Any, now: Reckoning, parameters: dict[str, Any]) -> Line:
    supporting = sorted(item.supporting.all(), key=lambda department: (department.position, department.pk))
    return Line(
        item_id=item.pk,
        number=item.number,
        title=item.title,
        state={Status.CLOSED: CLOSED, Status.WITHDRAWN: WITHDRAWN}.get(item.status, OPEN),
        status=item.get_status_display(),
        department_id=item.lead_id,
        groups=item.group_words,
        department=item.unit_words,
        department_name=item.lead.name if item.lead else item.unit_words,
        supporting=item.supporting_words,
        supporting_leaders=names(str(department.leader) for department in supporting if department.leader),
        leader=str(item.leader or ""),
        owner=str(item.owner or ""),
        owner_phone=item.owner.phone if item.owner else "",
        officer=str(item.officer or ""),
        officer_phone=item.officer.phone if item.officer else "",
        level=item.level,
        requirement=item.requirement,
        measures=names(f"{what}{wanted}" for what, wanted in measures_of(item)),
        source=item.source,
        source_date=item.source_date,
        issued_on=item.issued_on,
        original_due=item.original_due,
        due=item.due,
        extensions=item.extensions,
        cycle=item.get_feedback_cycle_display(),
        closed_on=item.closed_on,
        closing=item.get_closing_kind_display() if item.status == Status.CLOSED else "",
        light=now.light_text(item),
        overdue=item.is_overdue,
        due_soon=item.is_due_soon,
        silent=item.is_silent,
        days_late=now.days_late(item.due) if item.is_overdue else 0,
        days_late_original=now.days_late(item.original_due) if item.is_overdue else 0,
        days_left=now.days_left(item.due) if item.due and item.is_due_soon else 0,
        chased=item.chased,
        progress=item.feedback_text or "",
        progress_on=item.feedback_day,
        problem=item.feedback_problem or "",
        next_step=item.feedback_next or "",
        percent=item.feedback_percent,
        words=tuple(_words(quote) for quote in _quotes(item, parameters)),
    )


def _quotes(item: ActionItem, parameters: dict[str, Any]) -> list[Quote]:
    """All its quotes; for the document of one speech those of that speech."""
    quotes = list(item.quotes.all())
    if parameters.get("source") != Source.SPEECH:
        return quotes
    return [quote for quote in quotes if quote.speech_ref == parameters["speech"]]


def _words(quote: Quote) -> Words:
    return Words(
        text=quote.text,
        section=quote.section,
        speech_ref=quote.speech_ref,
        speech_title=quote.speech_title,
        speaker=quote.speaker,
        said_on=quote.said_on,
        start=quote.start,
    )


def _previous_cards(lines: list[Line]) -> dict[int, str]:
    """{item: the number of its latest 督查单}."""
    given = DocumentNumber.objects.filter(series=Series.CARD, item__in=[line.item_id for line in lines])
    return {number.item_id: number.text for number in given.order_by("given_at", "pk") if number.item_id}


def _applications(lines: list[Line]) -> dict[int, Application]:
    """{item: its latest application for more time that was not recalled}."""
    filed = ExtensionRequest.objects.filter(item__in=[line.item_id for line in lines])
    rows = filed.exclude(state=RequestState.RECALLED).select_related("reviewed_by", "decided_by")
    return {row.item_id: _application(row) for row in rows.order_by("at", "pk")}


def _application(row: ExtensionRequest) -> Application:
    return Application(
        asked_on=timezone.localdate(row.at),
        due_then=row.due_then,
        wanted=row.wanted,
        reason=row.reason,
        done=row.done,
        next_step=row.next_step,
        head=row.head,
        review=row.review,
        reviewed_by=str(row.reviewed_by or ""),
        reviewed_on=timezone.localdate(row.reviewed_at) if row.reviewed_at else None,
        answer=row.answer or (row.get_state_display() if row.decided_at else ""),
        decided_by=str(row.decided_by or ""),
        decided_on=timezone.localdate(row.decided_at) if row.decided_at else None,
        approved=row.approved,
    )


def _left_out(parameters: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    """What was chosen by hand and does not belong on this form is not passed over in silence."""
    chosen = len(parameters["items"]) if parameters.get("source") == Source.ITEMS else 0
    return {"chosen": chosen, "left_out": chosen - len(lines)} if chosen > len(lines) else {}


def _facts(parameters: dict[str, Any]) -> dict[str, Any]:
    """The speech's own facts, from the quotes the items keep."""
    if parameters.get("source") != Source.SPEECH:
        return {}
    quote = Quote.objects.filter(speech_ref=parameters["speech"]).order_by("pk").first()
    if quote is None:
        return {}
    said = quote.said_on.isoformat() if quote.said_on else None
    return {"speech_title": quote.speech_title, "speaker": quote.speaker, "said_on": said}
