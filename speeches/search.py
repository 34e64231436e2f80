"""搜讲话: which speeches said the words, what was assigned from those sentences, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import groupby
from operator import or_

from django.db.models import F, Q, TextChoices

from speeches.extraction.model import Role
from speeches.extraction.segment import teach, weight, words
from speeches.models import Speech, SpeechQuerySet
from speeches.phrases import Found, Hit, Phrase, cut_at, find, read_phrases
from speeches.prose import context
from tracker.items.models import ActionItem, Quote
from tracker.items.reckoning import Light, Reckoning
from tracker.items.states import Status
from tracker.org.models import Person

ROLES: dict[str, str] = {
    Role.TASK: "任务", Role.REQUIREMENT: "要求", Role.HEADING: "标题", Role.REVIEW: "情况", Role.PROBLEM: "问题",
    Role.RATIONALE: "说明", Role.PROCEDURE: "程序", Role.FURNITURE: "格式",
}  # fmt: skip
_MONTHS_SHOWN = 24
_TELLING_WORDS = 2
# Everybody a speech is addressed to: rare in the dictionary, in every second sentence here.
_EVERYBODY = frozenset(
    ["中小学", "学校", "各校", "全区", "全市", "全县", "各地", "各单位", "各部门", "各科室"]
)


class Show(TextChoices):
    """The lists behind the figures."""

    SPEECHES = "speeches", "讲话提到"
    ALL = "all", "布置事项"
    CLOSED = "closed", "已办结"
    OPEN = "open", "在办"
    OVERDUE = "overdue", "其中超期"
    WITHDRAWN = "withdrawn", "中止"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for."""

    words: str
    speaker: str = ""
    since: date | None = None
    until: date | None = None
    tasks: bool = False
    whole: bool = False
    speech: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that says the words, as the page shows it, with the items assigned from it."""

    hit: Hit
    role: str
    items: tuple[ActionItem, ...]
    speech: Speech

    @property
    def runs(self) -> list[tuple[str, bool]]:
        """The sentence in runs, those that say the words marked."""
        return list(cut_at(self.speech.body[self.hit.start : self.hit.end], self.hit.start, self.hit.marks))

    @property
    def around(self) -> tuple[str, str]:
        """The words before and after."""
        return context(self.speech.body, self.hit.start, self.hit.end)

    @property
    def section(self) -> str:
        """The headings above."""
        return " › ".join(self.hit.section)


@dataclass(frozen=True, slots=True)
class Mention:
    """A speech that says the words. `beside` was assigned under a heading that says them, by other sentences."""

    speech: Speech
    passages: tuple[Passage, ...]
    beside: tuple[ActionItem, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on top; `show` names its list."""

    show: Show
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """One month, or year, of the time line. `height` is in percent of the highest."""

    label: str
    year: str
    since: date
    until: date
    count: int
    height: int


class SpeechSearch:
    """What `user` finds. Read once; figures, lists and time line are all drawn from the same mentions."""

    def __init__(self, wish: Wish, *, user: Person, now: Reckoning) -> None:
        self.wish, self.user, self.now = wish, user, now
        self.phrases = read_phrases(wish.words)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The speeches that say the words, the latest first."""
        if not self.phrases:
            return []
        found = {speech: self._found(speech) for speech in self._speeches()}
        said = {speech: each for speech, each in found.items() if each.hits}
        assigned = _Assigned(said, user=self.user)
        drafts = [self._draft(speech, each, assigned) for speech, each in said.items()]
        items = assigned.items({pk for draft in drafts for pk in draft.pks})
        return [draft.mention(items) for draft in drafts if draft.hits]

    def _speeches(self) -> SpeechQuerySet:
        speeches = narrowed(Speech.objects.visible_to(self.user), self.wish)
        for phrase in self.phrases:
            speeches = speeches.filter(_may_hold(phrase))
        fields = (
            "title",
            "speaker",
            "meeting",
            "held_on",
            "file_name",
            "uploaded_at",
            "body",
            "sentences",
            "state",
        )
        return speeches.only(*fields).order_by(F("held_on").desc(nulls_last=True), "-uploaded_at", "-pk")

    def _found(self, speech: Speech) -> Found:
        return find(self.phrases, speech.body, speech.sentences, whole=self.wish.whole)

    def _draft(self, speech: Speech, found: Found, assigned: "_Assigned") -> "_Draft":
        of_hits = ((hit, assigned.within(speech, [(hit.start, hit.end)])) for hit in found.hits)
        hits = [(hit, pks) for hit, pks in of_hits if pks or hit.role == Role.TASK or not self.wish.tasks]
        taken = {pk for _, pks in hits for pk in pks}
        beside = [pk for pk in assigned.within(speech, found.under) if pk not in taken]
        return _Draft(speech, hits, beside)

    @property
    def passages(self) -> int:
        """How many sentences say the words."""
        return sum(len(mention.passages) for mention in self.mentions)

    @cached_property
    def apart(self) -> int:
        """How many of them only in parts."""
        return sum(passage.hit.is_apart for mention in self.mentions for passage in mention.passages)

    @cached_property
    def items(self) -> list[ActionItem]:
        """All that was assigned from them, each once, in the order of the list."""
        found: dict[ActionItem, None] = {}
        for mention in self.mentions:
            for passage in mention.passages:
                found |= dict.fromkeys(passage.items)
            found |= dict.fromkeys(mention.beside)
        return list(found)

    @cached_property
    def lists(self) -> dict[Show, list[ActionItem]]:
        """The items behind each figure: the one definition of both."""
        return {
            Show.ALL: self.items,
            Show.CLOSED: [item for item in self.items if item.status == Status.CLOSED],
            Show.OPEN: [item for item in self.items if item.is_open],
            Show.OVERDUE: [item for item in self.items if self.now.light(item) == Light.OVERDUE],
            Show.WITHDRAWN: [item for item in self.items if item.status == Status.WITHDRAWN],
        }

    @property
    def figures(self) -> list[Figure]:
        """The numbers on top; 中止 only where there are any."""
        of_items = [Figure(show, len(items)) for show, items in self.lists.items()]
        shown = [figure for figure in of_items if figure.count or figure.show != Show.WITHDRAWN]
        return [Figure(Show.SPEECHES, len(self.mentions)), *shown]

    @cached_property
    def undated(self) -> int:
        """How many of the speeches have no date."""
        return sum(mention.speech.held_on is None for mention in self.mentions)

    @cached_property
    def columns(self) -> list[Column]:
        """The time line: by month, over more than two years by year; empty stretches between stay."""
        days = sorted(m.speech.held_on for m in self.mentions if m.speech.held_on is not None)
        return time_line(days)


def narrowed(speeches: SpeechQuerySet, wish: Wish) -> SpeechQuerySet:
    """Those of the speaker and the period; where a period is asked for, those without a date are left out."""
    if wish.speech is not None:
        speeches = speeches.filter(pk=wish.speech)
    if wish.speaker:
        speeches = speeches.filter(speaker=wish.speaker)
    if wish.since:
        speeches = speeches.filter(held_on__gte=wish.since)
    return speeches.filter(held_on__lte=wish.until) if wish.until else speeches


def speakers(user: Person) -> list[str]:
    """Everybody who spoke, by name."""
    rows = Speech.objects.visible_to(user).exclude(speaker="").order_by("speaker")
    return list(rows.values_list("speaker", flat=True).distinct())


def telling_words(text: str, *, names: Iterable[str] = ()) -> str:
    """The two words that tell the most of a sentence or title, in its order; `names` of bodies tell little."""
    teach(names)
    said = [word for word in dict.fromkeys(words(text)) if word not in _EVERYBODY]
    best = sorted(said, key=weight, reverse=True)[:_TELLING_WORDS]
    return " ".join(word for word in said if word in best) or text[:20]


def time_line(days: Sequence[date]) -> list[Column]:
    """Columns from the first to the last of `days`, which are sorted."""
    if not days:
        return []
    first, last = _months(days[0]), _months(days[-1])
    step = 1 if last - first < _MONTHS_SHOWN else 12
    counts = {at: len(list(group)) for at, group in groupby(days, key=lambda day: _months(day) // step)}
    highest = max(counts.values())
    return [
        _column(at * step, step, counts.get(at, 0), highest, is_first=at == first // step)
        for at in range(first // step, last // step + 1)
    ]


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _column(month: int, step: int, count: int, highest: int, *, is_first: bool) -> Column:
    since = date(month // 12, month % 12 + 1, 1)
    following = month + step
    until = date.fromordinal(date(following // 12, following % 12 + 1, 1).toordinal() - 1)
    by_month = step == 1
    year = f"{since.year}年" if by_month and (is_first or since.month == 1) else ""
    label = f"{since.month}月" if by_month else f"{since.year}年"
    return Column(label, year, since, until, count, round(100 * count / highest))


def _may_hold(phrase: Phrase) -> Q:
    """What the database can say of a body: it holds the Chinese stretches of one of the spellings."""
    spellings = []
    for needs in phrase.needs:
        each = Q()
        for stretch in filter(None, needs):
            each &= Q(body__contains=stretch)
        if not each:
            return Q()
        spellings.append(each)
    return reduce(or_, spellings)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A mention while its items are only keys."""

    speech: Speech
    hits: list[tuple[Hit, list[int]]]
    beside: list[int]

    @property
    def pks(self) -> set[int]:
        return {pk for _, pks in self.hits for pk in pks} | set(self.beside)

    def mention(self, items: dict[int, ActionItem]) -> Mention:
        passages = (
            Passage(hit, ROLES.get(hit.role, ""), tuple(items[pk] for pk in pks), self.speech)
            for hit, pks in self.hits
        )
        return Mention(self.speech, tuple(passages), tuple(items[pk] for pk in self.beside))


class _Assigned:
    """The items that quote these speeches, of those that `user` may see."""

    def __init__(self, speeches: Iterable[Speech], *, user: Person) -> None:
        self.spans: dict[int, list[tuple[int, int, int]]] = {}
        visible = ActionItem.objects.visible_to(user)
        quotes = Quote.objects.filter(speech_ref__in=[speech.pk for speech in speeches], item__in=visible)
        for ref, start, end, item in quotes.values_list("speech_ref", "start", "end", "item"):
            self.spans.setdefault(ref or 0, []).append((start, end, item))
        for rows in self.spans.values():
            rows.sort()

    def within(self, speech: Speech, spans: Sequence[tuple[int, int]]) -> list[int]:
        """The keys of those whose quote overlaps one of the spans, in the order of the quotes."""
        rows = self.spans.get(speech.pk, [])
        told = (pk for start, end, pk in rows if any(low < end and start < high for low, high in spans))
        return list(dict.fromkeys(told))

    def items(self, pks: Iterable[int]) -> dict[int, ActionItem]:
        """The items themselves with what a line shows, in two queries."""
        rows = ActionItem.objects.filter(pk__in=list(pks)).select_related("lead").defer("figures", "parts")
        return rows.prefetch_related("groups").with_reported_on().in_bulk()
