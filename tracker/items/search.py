"""Finding items by what people type: a number in any spelling, words, half names, several fragments, pinyin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from tracker.items.models import ActionItem, Quote
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.spelling import is_latin, spells
from tracker.org.models import Department, DepartmentAlias, Person

# People type the digits and brackets their keyboard is set to.
_OPENING, _CLOSING, _DASHES = "［【（〔(〖《「『{", "］】）〕)〗》」』}", "－—–"
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)} | str.maketrans(
    _OPENING + _CLOSING + _DASHES, "[" * len(_OPENING) + "]" * len(_CLOSING) + "-" * len(_DASHES)
)
# Blanks that people put into a number: 〔2026〕 12 号.
_BLANK_IN_NUMBER = re.compile(
    rf"(?<=[{re.escape(_OPENING)}\[])\s+|\s+(?=[{re.escape(_CLOSING)}\]])"
    rf"|(?<=[{re.escape(_CLOSING)}\]第])\s+(?=[第\d])|(?<=\d)\s+(?=号)"
)
_BRACKETED = re.compile(r"\[(?P<year>20\d\d)(?:\](?:第?(?P<seq>\d{1,6})号?)?)?$")
_HALF_BRACKETED = re.compile(r"^(?P<year>20\d\d)\](?:第?(?P<seq>\d{1,6})号?)?$")
_DASHED = re.compile(r"(?:^|\D)(?P<year>20\d\d)(?:-|年第?)(?P<seq>\d{1,6})号?$")
_BARE = re.compile(r"^第?(?P<seq>\d{1,6})号$")
_FORMS = (_BRACKETED, _HALF_BRACKETED, _DASHED, _BARE)
# Shorter words are not taken apart: their halves would be single characters.
_SHORTEST_TO_CUT = 4
_MOST_CANDIDATES = 3000


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """A number as far as it was typed: 〔2026〕12号, 12号 (no year), 〔2026〕 (no sequence)."""

    year: int | None
    seq: int | None


def parse_number(word: str) -> NumberQuery | None:
    """Read 云教督〔2026〕12号, [2026]12, ［2026 or 2026年12号, 2026-12, 12号; None when `word` is no number."""
    plain = word.strip().translate(_PLAIN)
    match = next(filter(None, (form.search(plain) for form in _FORMS)), None)
    if match is None:
        return None
    groups = match.groupdict()
    year, seq = groups.get("year"), groups.get("seq")
    return NumberQuery(year=int(year) if year else None, seq=int(seq) if seq else None)


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all departments and people: few hundred, read once a search."""

    departments: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, str], ...]

    @classmethod
    def read(cls) -> "_Names":
        rows = Department.objects.values_list("pk", "name", "short_name")
        named = [(pk, text) for pk, *texts in rows for text in texts if text]
        named += DepartmentAlias.objects.values_list("department_id", "text")
        people = Person.objects.exclude(name="").values_list("pk", "name")
        return cls(departments=tuple(named), people=tuple(people))

    def units(self, word: str) -> set[int]:
        return _named(self.departments, word)

    def persons(self, word: str) -> set[int]:
        return _named(self.people, word)


def _named(rows: Iterable[tuple[int, str]], word: str) -> set[int]:
    low, latin = word.lower(), is_latin(word)
    return {pk for pk, name in rows if low in name.lower() or (latin and spells(name, word))}


def search(items: ActionItemQuerySet, text: str) -> ActionItemQuerySet:
    """The items that match every word of `text`.

    A longer word that stands nowhere as it is finds the items that hold all its parts: 基教科消防验收.
    """
    words = {word: parse_number(word) for word in _BLANK_IN_NUMBER.sub("", text).split()}
    for number in filter(None, words.values()):
        items = items.filter(_numbered(number))
    rest = [word for word, number in words.items() if not number]
    names = _Names.read() if rest else _Names((), ())
    for word in rest:
        said = items.filter(_saying(word, names))
        items = said if len(word) < _SHORTEST_TO_CUT or said.exists() else _in_parts(items, word, names)
    return items


def _numbered(number: NumberQuery) -> Q:
    condition = Q()
    if number.year is not None:
        condition &= Q(number_year=number.year)
    if number.seq is not None:
        condition &= Q(number_seq=number.seq)
    return condition


def _saying(word: str, names: _Names) -> Q:
    quotes = Quote.objects.filter(item=OuterRef("pk"), text__icontains=word)
    words = Q(title__icontains=word) | Q(requirement__icontains=word) | Q(source__icontains=word)
    condition = words | Q(lead_text__icontains=word) | Q(Exists(quotes))
    if units := names.units(word):
        supports = ActionItem.supporting.through.objects.filter(
            actionitem_id=OuterRef("pk"), department_id__in=units
        )
        condition |= Q(lead__in=units) | Q(Exists(supports))
    if people := names.persons(word):
        condition |= Q(leader__in=people) | Q(owner__in=people) | Q(officer__in=people)
    return condition | Q(number_seq=int(word)) if word.isdecimal() and len(word) < 7 else condition


def _in_parts(items: ActionItemQuerySet, word: str, names: _Names) -> ActionItemQuerySet:
    """Items whose words hold `word` cut into pieces of two or more characters, in whatever order."""
    # The first and the last two characters must stand somewhere, whatever the cut: the database narrows by those.
    near = items.filter(_saying(word[:2], names)).filter(_saying(word[-2:], names))
    rows = near.order_by("-pk").values_list("pk", "title", "requirement", "source", "lead_id", "lead_text")
    rows = rows[:_MOST_CANDIDATES]
    texts = {pk: [*words, lead_text] for pk, *words, _, lead_text in rows}
    leads = {row[0]: row[4] for row in rows}
    for pk, quote in Quote.objects.filter(item__in=texts).values_list("item", "text"):
        texts[pk].append(quote)
    called = _called(names)
    supports = ActionItem.supporting.through.objects.filter(actionitem__in=texts)
    for pk, unit in [*leads.items(), *supports.values_list("actionitem_id", "department_id")]:
        texts[pk] += called.get(unit, [])
    return items.filter(pk__in=[pk for pk, found in texts.items() if _covers("\n".join(found), word)])


def _called(names: _Names) -> dict[int | None, list[str]]:
    called: dict[int | None, list[str]] = {}
    for pk, name in names.departments:
        called.setdefault(pk, []).append(name)
    return called


def _covers(text: str, word: str) -> bool:
    """Whether `word` can be cut into pieces of at least two characters that all stand in `text`."""
    low, reached = text.lower(), {0}
    want = word.lower()
    for end in range(2, len(want) + 1):
        if any(start <= end - 2 and want[start:end] in low for start in reached):
            reached.add(end)
    return len(want) in reached
