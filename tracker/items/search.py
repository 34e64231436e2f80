"""Finding items by what people type: a number in any spelling, or words of the title, the quote, the source, a unit."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from tracker.items.models import Quote
from tracker.items.querysets import ActionItemQuerySet
from tracker.org.models import Department

# People type the digits and brackets their keyboard is set to.
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)} | str.maketrans(
    "［【（〔(］】）〕)－—–", "[[[[[]]]]]---"
)
_BRACKETED = re.compile(r"\[(?P<year>20\d\d)\](?P<seq>\d{1,6})?号?$")
_DASHED = re.compile(r"(?P<year>20\d\d)-(?P<seq>\d{1,6})号?$")
_BARE = re.compile(r"第?(?P<seq>\d{1,6})号$")


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A number as far as it was typed: 〔2026〕12号, 12号 (no year), 〔2026〕 (no sequence)."""

    year: int | None
    seq: int | None


def parse_number(word: str) -> NumberQuery | None:
    """Read 云教督〔2026〕12号, [2026]12, 2026-12 or 12号; None when `word` is no number."""
    plain = word.strip().translate(_PLAIN)
    match = _BRACKETED.search(plain) or _DASHED.match(plain) or _BARE.match(plain)
    if not match:
        return None
    found = match.groupdict()
    year, seq = found.get("year"), found.get("seq")
    return NumberQuery(year=int(year) if year else None, seq=int(seq) if seq else None)


def search(items: ActionItemQuerySet, text: str) -> ActionItemQuerySet:
    """The items that match every word of `text`."""
    for word in text.split():
        number = parse_number(word)
        items = items.filter(_numbered(number) if number else _saying(word))
    return items


def _numbered(number: NumberQuery) -> Q:
    condition = Q()
    if number.year is not None:
        condition &= Q(number_year=number.year)
    if number.seq is not None:
        condition &= Q(number_seq=number.seq)
    return condition


def _saying(word: str) -> Q:
    quotes = Quote.objects.filter(item=OuterRef("pk"), text__icontains=word)
    units = Department.objects.filter(
        Q(name__icontains=word) | Q(short_name__icontains=word) | Q(aliases__text__icontains=word)
    )
    supports = units.filter(supported_items=OuterRef("pk"))
    words = Q(title__icontains=word) | Q(requirement__icontains=word) | Q(source__icontains=word)
    condition = words | Q(lead__in=units.values("pk")) | Exists(quotes) | Exists(supports)
    return condition | Q(number_seq=int(word)) if word.isdecimal() and len(word) < 7 else condition
