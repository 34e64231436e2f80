"""All that the review page shows of one speech, read in a fixed number of queries.

The whole page and the small answers to single decisions are drawn from the same board, so they cannot differ.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from speeches.cards import Card, Status, cards_of
from speeches.coverage import Gap, unclaimed
from speeches.models import Candidate, Speech
from speeches.outcomes import Outcome, fates
from speeches.proposal import Choice
from speeches.prose import Block, Mark, ProsePart, compose, context, outline, shorten
from speeches.resembling import similar_items
from speeches.review import obstacle
from speeches.units import UnitBook
from tracker.items.models import ActionItem
from tracker.org.models import Person


class Show(TextChoices):
    """The tabs above the cards."""

    ALL = "all", "全部"
    PENDING = "pending", "待核对"
    NO_LEAD = "no_lead", "未明确单位"
    NO_DUE = "no_due", "未明确时限"
    FLAGGED = "flagged", "存疑"
    DONE = "done", "已处理"
    REQUIREMENTS = "requirements", "一般要求"
    GAPS = "gaps", "未认领"


_WITH_GAPS = (Show.ALL, Show.PENDING, Show.GAPS)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab with its count."""

    show: Show | Outcome
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class TocLine:
    """A line of the outline with how much of it is decided."""

    text: str
    full: str
    level: int
    start: int
    decided: int
    total: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the progress bar, in percent of its length."""

    css: str
    x: float
    width: float


class Board:
    """A speech under review as `user` sees it.

    `at` is an offset of the body: the card or the sentence there is the current one. Without it the first that waits
    `after` an offset is.
    """

    def __init__(
        self, speech: Speech, *, user: Person, show: str = "", at: int | None = None, after: int = -1
    ) -> None:
        self.speech, self.user, self.at = speech, user, at
        self.book = UnitBook.current()
        rows = list(candidates_of(speech))
        for row in rows:
            row.speech = speech  # the same object, so that no card asks the database for it
        self.cards = cards_of(rows, book=self.book, parts=speech.parts)
        self.show = _named(show)
        self.stand(after)

    # -- where we are -----------------------------------------------------------------------------------------
    def stand(self, after: int) -> None:
        """Make the card at `at` the current one, or where that is not given the next that waits after an offset."""
        card = self.card_at(self.at) if self.at is not None else self.next_after(after)
        if card is None:
            if self.gap_here is not None and self.show not in _WITH_GAPS:
                self.show = Show.ALL
            return
        if card not in self.listed:
            self.show = Show.REQUIREMENTS if card.is_requirement else Show.ALL
        self._swap(card, replace(card, is_here=True))

    def card_at(self, at: int) -> Card | None:
        """The innermost card whose words hold an offset."""
        holding = [card for card in self.cards if card.start <= at < card.end]
        return max(holding, key=lambda card: (card.start, -card.end), default=None)

    def card_of(self, pk: int) -> Card | None:
        """The card of a candidate."""
        return next((card for card in self.cards if card.candidate.pk == pk), None)

    def next_after(self, at: int) -> Card | None:
        """The next that waits in this tab: after `at`, else from the top; doubtful ones come last."""
        waiting = [card for card in self.listed if card.is_open]
        waiting = [card for card in waiting if not card.is_flagged] or waiting
        return next((card for card in waiting if card.start > at), waiting[0] if waiting else None)

    def retype(self, card: Card, choice: Choice, errors: tuple[str, ...]) -> None:
        """Keep in a card's form what was typed and could not be saved."""
        self._swap(card, replace(card, choice=choice, errors=errors))

    def _swap(self, old: Card, new: Card) -> None:
        self.cards = [new if card.key == old.key else card for card in self.cards]

    @property
    def here(self) -> Card | None:
        """The current card."""
        return next((card for card in self.cards if card.is_here), None)

    @property
    def can_decide(self) -> bool:
        """Leaders read along; officers decide."""
        return self.user.is_officer

    # -- lists and counts -------------------------------------------------------------------------------------
    @property
    def tasks(self) -> list[Card]:
        """All that is numbered."""
        return [card for card in self.cards if not card.is_requirement]

    @property
    def listed(self) -> list[Card]:
        """The cards of this tab, or of the outcome that a figure of 提取质量 stands for."""
        if isinstance(self.show, Outcome):
            return [card for card in self.cards if self._outcomes.get(card.candidate.pk) == self.show]
        return [card for card in self.cards if _belongs(card, self.show)]

    @cached_property
    def _outcomes(self) -> dict[int, Outcome]:
        return {fate.pk: fate.outcome for fate in fates(self.speech.candidates.all())}

    @property
    def stack(self) -> list[Card | Gap]:
        """The cards of this tab, with the unclaimed sentences between them where they belong."""
        gaps = self.gaps if self.show in _WITH_GAPS else []
        return sorted([*self.listed, *gaps], key=lambda one: one.start)

    @cached_property
    def gaps(self) -> list[Gap]:
        """The unclaimed directive sentences."""
        spans = [(card.start, card.end) for card in self.cards]
        return unclaimed(self.speech.sentences, spans=spans, dismissed=self.speech.dismissed)

    @property
    def gap_here(self) -> Gap | None:
        """The unclaimed sentence that `at` stands in."""
        at = self.at
        return None if at is None else next((gap for gap in self.gaps if gap.start <= at < gap.end), None)

    @property
    def dismissed(self) -> list[tuple[int, int, str]]:
        """The sentences waved through, with their words."""
        return [(start, end, self.speech.body[start:end]) for start, end in self.speech.dismissed]

    @property
    def tabs(self) -> list[Tab]:
        """Every tab with its count: the number equals the list behind it."""
        counts = {show: sum(_belongs(card, show) for card in self.cards) for show in Show}
        counts[Show.GAPS] = len(self.gaps)
        asked = [Tab(self.show, len(self.listed), True)] if isinstance(self.show, Outcome) else []
        return [*(Tab(show, counts[show], show == self.show) for show in Show), *asked]

    @property
    def total(self) -> int:
        """All tasks."""
        return len(self.tasks)

    @property
    def pending(self) -> int:
        """Tasks not decided yet."""
        return sum(card.is_open for card in self.tasks)

    @property
    def decided(self) -> int:
        """Tasks decided."""
        return self.total - self.pending

    @property
    def tally(self) -> dict[str, int]:
        """Decided tasks by what became of them."""
        status = Counter(card.candidate.status for card in self.tasks)
        return {
            "采纳": status[Status.ACCEPTED] + status[Status.EDITED],
            "并入": status[Status.MERGED],
            "转要求": status[Status.REQUIREMENT],
            "不作为任务": status[Status.REJECTED],
        }

    @property
    def bars(self) -> list[Bar]:
        """The progress bar: taken, merged, set aside."""
        taken, merged, turned, rejected = self.tally.values()
        bars, x = [], 0.0
        for css, count in (("b-ok", taken), ("b-merged", merged), ("b-aside", turned + rejected)):
            width = round(100 * count / self.total, 2) if self.total else 0.0
            bars.append(Bar(css, round(x, 2), width))
            x += width
        return bars

    @property
    def registered(self) -> int:
        """How many items stand on this speech."""
        return len({card.candidate.item_id for card in self.tasks if card.candidate.item_id is not None})

    @property
    def ready(self) -> int:
        """How many a bulk accept would take."""
        return sum(card.is_ready for card in self.cards)

    @property
    def obstacle(self) -> str:
        """Why the review cannot be finished; empty when it can."""
        return obstacle(pending=self.pending, gaps=len(self.gaps))

    @cached_property
    def _accepted(self) -> list[ActionItem]:
        """The drafts of this speech."""
        items = {
            card.candidate.item
            for card in self.tasks
            if card.candidate.status in (Status.ACCEPTED, Status.EDITED)
        }
        return [item for item in items if item is not None and item.status == "draft"]

    @cached_property
    def _drafts(self) -> list[ActionItem]:
        """Those of them that somebody is to do."""
        return [item for item in self._accepted if item.has_unit]

    @property
    def to_issue(self) -> int:
        """How many drafts 核对完毕 would issue."""
        return len(self._drafts)

    @property
    def to_keep(self) -> int:
        """How many it would leave as drafts, nobody being to do them yet: the decided ones of the tab 未明确单位."""
        return len(
            {card.candidate.item_id for card in self.tasks if card.waits_for_lead and not card.is_open}
        )

    @property
    def to_issue_late(self) -> int:
        """How many of them would be 超期 at once: their date lies behind."""
        today = timezone.localdate()
        return sum(item.due is not None and item.due < today for item in self._drafts)

    # -- the speech --------------------------------------------------------------------------------------------
    @cached_property
    def prose(self) -> list[ProsePart]:
        """The body, part by part, with every card and every unclaimed sentence marked."""
        marks = [card.mark for card in self.cards]
        marks += [Mark(gap.start, gap.end, f"u{gap.start}", "u", label="未认领") for gap in self.gaps]
        speech = self.speech
        return compose(
            speech.body,
            sentences=speech.sentences,
            marks=[*marks, *self._sought()],
            parts=speech.parts,
            title=speech.title,
        )

    def _sought(self) -> list[Mark]:
        """The sentence that a link asked for and nothing has taken."""
        at = self.at
        if at is None or self.here is not None or self.gap_here is not None:
            return []
        rows = [row for row in self.speech.sentences if row[0] <= at < row[1]]
        return [Mark(row[0], row[1], "", "at") for row in rows[:1]]

    def blocks_of(self, cards: list[Card]) -> list[Block]:
        """The lines of the speech that show any of these cards."""
        blocks = [block for part in self.prose for block in part.blocks]
        return [block for block in blocks if any(block.overlaps(card.start, card.end) for card in cards)]

    @property
    def toc(self) -> list[TocLine]:
        """The outline with decided and all tasks under every heading."""
        at = self.here.start if self.here else self.at
        tasks, entries = self.tasks, outline(self.prose)
        innermost = [entry for entry in entries if at is not None and entry.start <= at < entry.end][-1:]
        lines = []
        for entry in entries:
            under = [card for card in tasks if entry.start <= card.start < entry.end]
            decided = sum(not card.is_open for card in under)
            text, is_here = shorten(entry.text), entry in innermost
            lines.append(TocLine(text, entry.text, entry.level, entry.start, decided, len(under), is_here))
        return lines

    # -- the current card -------------------------------------------------------------------------------------
    def details(self) -> dict[str, Any]:
        """What only the current card shows. Similar items take one query, or three where there are any."""
        card = self.here
        if card is None or not card.is_open:
            return {}
        before, after = context(self.speech.body, card.start, card.end)
        under = [other for other in self.tasks if other.candidate.section == card.candidate.section]
        earlier = [other for other in self.tasks if other.part == card.part and other.start < card.start]
        earlier = [other for other in earlier if other.is_open or other.candidate.status in Candidate.TAKEN]
        return {
            "before": before,
            "after": after,
            "similar": similar_items(
                card.choice.title,
                speech=self.speech,
                section=card.candidate.section,
                names=[unit.name for unit in self.book.departments],
            ),
            "previous": earlier[-1].number if earlier else "",
            "nth": sum(other.start <= card.start for other in under),
            "of": len(under),
            "departments": self.book.departments,
            "cycles": ActionItem.Cycle.choices,
            "reject_reasons": Candidate.RejectReason.choices,
        }


def candidates_of(speech: Speech) -> QuerySet[Candidate]:
    """Its candidates with what their cards show; the originals of split ones have made way for their halves."""
    rows = speech.candidates.exclude(status=Status.SPLIT).order_by("start", "-end")
    return rows.select_related("decided_by", "merged_into", "item", "item__lead").prefetch_related(
        "item__supporting", "item__groups"
    )


def _named(show: str) -> Show | Outcome:
    """The list of that name; all where there is none."""
    if show in Outcome.values:
        return Outcome(show)
    return Show(show) if show in Show.values else Show.ALL


def _belongs(card: Card, show: Show) -> bool:
    """The one definition of each tab."""
    if show == Show.REQUIREMENTS:
        return card.is_requirement or card.candidate.status == Status.REQUIREMENT
    if card.is_requirement or show == Show.GAPS:
        return False
    if show in (Show.ALL, Show.DONE):
        return show == Show.ALL or not card.is_open
    if show == Show.NO_LEAD:
        return card.waits_for_lead
    lacks = {Show.NO_DUE: card.lacks_due, Show.FLAGGED: card.is_flagged}
    return card.is_open and lacks.get(show, True)
