"""Registering items (立项) and adding to their authority: several rows in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from tracker.items.models import ActionItem, NumberSeries, Quote
from tracker.items.states import EventKind
from tracker.org.calendar import today
from tracker.org.models import Department, Person


@dataclass(frozen=True, slots=True)
class QuoteData:
    """The words an item stands on, with where they were said."""

    text: str
    before: str = ""
    after: str = ""
    section: str = ""
    speech_ref: int | None = None
    speech_title: str = ""
    speaker: str = ""
    said_on: date | None = None
    start: int = 0
    end: int = 0


@transaction.atomic
def register_item(
    *,
    by: Person | None,
    title: str,
    quotes: Iterable[QuoteData] = (),
    lead: Department | None = None,
    supporting: Sequence[Department] = (),
    due: date | None = None,
    note: str = "",
    **fields: Any,
) -> ActionItem:
    """Register one item with the next number of this year, its quotes and its first event.

    The leader in charge and the department's handler are taken from the lead department unless given.
    """
    year = today().year
    fields.setdefault("leader", lead.leader if lead else None)
    fields.setdefault("owner", handler_of(lead) if lead else None)
    item = ActionItem.objects.create(
        number_year=year,
        number_seq=NumberSeries.allot(kind="item", year=year),
        title=title,
        lead=lead,
        due=due,
        original_due=due,
        officer=by,
        **fields,
    )
    item.supporting.set(supporting)
    Quote.objects.bulk_create(Quote(item=item, **asdict(quote)) for quote in quotes)
    item.record(EventKind.REGISTERED, by=by, text=note, after=item.status)
    return item


@transaction.atomic
def add_quote(*, item: ActionItem, quote: QuoteData, by: Person) -> Quote:
    """Let one more sentence speak for an item (并入已有事项)."""
    row = Quote.objects.create(item=item, **asdict(quote))
    item.record(EventKind.QUOTE_ADDED, by=by, text=quote.text)
    return row


def handler_of(department: Department) -> Person | None:
    """The department's first 联络员: the 责任人 an item gets unless somebody else is named."""
    membership = department.memberships.filter(role="liaison").select_related("person").order_by("pk").first()
    return membership.person if membership else None
