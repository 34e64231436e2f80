"""Decisions on candidates. Each is one transaction around a conditional UPDATE: of two people one wins.

The loser gets `AlreadyDecided` with who, when and what; nothing is ever overwritten.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from speeches.coverage import Gap, unclaimed
from speeches.handmade import make
from speeches.models import Candidate, CandidateQuerySet, Speech
from speeches.proposal import Choice, Proposal, propose, stands_in_text
from speeches.prose import context
from speeches.units import UnitBook
from tracker.items.models import ActionItem, Event
from tracker.items.register import QuoteData, add_quote, handler_of, register_item
from tracker.items.states import EventKind, IllegalMove
from tracker.items.states import Status as ItemStatus
from tracker.items.workflow import send_out
from tracker.org.models import Person

Status = Candidate.Status
TAKEN = (Status.ACCEPTED, Status.EDITED)
_UNDONE = "核对时撤销采纳"
_UNMERGED = "撤销并入："


class AlreadyDecided(Exception):
    """Somebody was first. `candidate` is the row as it is now; `str()` reads 周某 9:40 已采纳."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.who, self.when, self.what = candidate.decided_by, candidate.decided_at, said_of(candidate)
        super().__init__(" ".join(filter(None, [str(self.who or ""), clock(self.when), self.what])))


class Refused(Exception):
    """The decision cannot be made; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What 核对完毕 did: how many items were issued, how many sent to be approved, and how many wait for a lead."""

    issued: int
    without_lead: int
    proposed: int = 0

    @property
    def sentence(self) -> str:
        """核对完毕，已交办 3 条。另有 1 条未明确单位，留在拟办。"""
        done = [f"已交办 {self.issued} 条"] if self.issued or not self.proposed else []
        done += [f"已报请审定 {self.proposed} 条，审定后交办"] if self.proposed else []
        left = f"另有 {self.without_lead} 条未明确单位，留在拟办。" if self.without_lead else ""
        return f"核对完毕，{'；'.join(done)}。{left}"


def said_of(candidate: Candidate) -> str:
    """The decision in words: 已采纳, 不作为任务（重复）, 转一般要求."""
    words = {
        Status.REJECTED: f"不作为任务（{candidate.get_reject_reason_display()}）",
        Status.REQUIREMENT: "转一般要求",
        Status.MERGED: "并入其他事项",
    }
    return words.get(Status(candidate.status), candidate.get_status_display())


def clock(when: datetime | None) -> str:
    """9:40 today, 4月10日 9:40 before."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    day = "" if local.date() == timezone.localdate() else f"{local.month}月{local.day}日 "
    return f"{day}{local.hour}:{local:%M}"


# -- taking ------------------------------------------------------------------------------------------------------
@transaction.atomic
def accept(
    *, candidate: Candidate, by: Person, choice: Choice | None = None, book: UnitBook | None = None
) -> ActionItem:
    """采纳: make the candidate, with all that was merged into it, an item in state 拟办.

    `choice` holds what the reviewer changed on the card; without it the candidate is taken as it stands.
    """
    book = book or UnitBook.current()
    proposal = propose(candidate, book=book, spoken_on=candidate.speech.counts_from)
    choice = choice or proposal.choice
    edited = choice.differs_from(proposal.choice)
    _decide(candidate, by=by, status=Status.EDITED if edited else Status.ACCEPTED)
    merged = list(candidate.merged.order_by("start"))
    quotes = [quote_of(row) for row in (candidate, *merged)]
    item = _revive(candidate, by=by, choice=choice, proposal=proposal) or _register(
        candidate, by=by, choice=choice, proposal=proposal, quotes=quotes
    )
    Candidate.objects.filter(pk__in=[candidate.pk, *(row.pk for row in merged)]).update(item=item)
    candidate.item = item
    return item


def accept_ready(*, speech: Speech, by: Person) -> int:
    """批量采纳 what is certain: unit and date both stand in the text. Returns how many were taken."""
    book, taken = UnitBook.current(), 0
    for candidate in ready(speech, book=book):
        try:
            accept(candidate=candidate, by=by, book=book)
        except AlreadyDecided:
            continue
        taken += 1
    return taken


def ready(speech: Speech, *, book: UnitBook) -> list[Candidate]:
    """The pending candidates that a bulk accept takes (those marked 存疑 are left to a person)."""
    rows = speech.candidates.tasks().filter(status=Status.PENDING).select_related("speech")
    return [row for row in rows if stands_in_text(row, propose(row, book=book, spoken_on=speech.counts_from))]


@transaction.atomic
def attach(*, candidate: Candidate, item: ActionItem, by: Person) -> None:
    """并入已有事项: the sentence becomes one more authority of an item that exists."""
    if not item.is_open:
        raise Refused(f"{item.number}{item.get_status_display()}，不能并入。")
    _decide(candidate, by=by, status=Status.MERGED, item=item)
    for row in (candidate, *candidate.merged.all()):
        add_quote(item=item, quote=quote_of(row), by=by)
    candidate.merged.update(item=item)


@transaction.atomic
def merge(*, candidate: Candidate, into: Candidate, by: Person) -> None:
    """合并: this sentence and `into` are one task; whatever becomes of `into` stands on both quotes."""
    into = (
        Candidate.objects.select_for_update(of=("self",))
        .select_related("item", "merged_into")
        .get(pk=into.pk)
    )
    into = into.merged_into or into
    if into.pk == candidate.pk or into.speech_id != candidate.speech_id:
        raise Refused("不能并入这一条，请另选一条。")
    if not (into.is_pending or into.status in TAKEN):
        raise Refused(f"那一条{said_of(into)}，不能并入；请另选一条。")
    _decide(candidate, by=by, status=Status.MERGED, merged_into=into, item=into.item)
    followers = list(candidate.merged.all())
    candidate.merged.update(merged_into=into, item=into.item)
    if into.item is not None:
        for row in (candidate, *followers):
            add_quote(item=into.item, quote=quote_of(row), by=by)


# -- not taking --------------------------------------------------------------------------------------------------
@transaction.atomic
def to_requirement(*, candidate: Candidate, by: Person) -> None:
    """转一般要求: it asks for something, but nothing one could report on."""
    _decide(candidate, by=by, status=Status.REQUIREMENT)
    _release(candidate)


@transaction.atomic
def reject(*, candidate: Candidate, by: Person, reason: str) -> None:
    """不作为任务, with one of the four reasons."""
    if reason not in Candidate.RejectReason.values:
        raise Refused("请选择不作为任务的理由。")
    _decide(candidate, by=by, status=Status.REJECTED, reject_reason=reason)
    _release(candidate)


@transaction.atomic
def flag(*, candidate: Candidate, by: Person) -> None:
    """存疑: somebody must still decide; a second flag changes nothing."""
    if candidate.status != Status.FLAGGED:
        _decide(candidate, by=by, status=Status.FLAGGED)


# -- shaping -----------------------------------------------------------------------------------------------------
@transaction.atomic
def split(*, candidate: Candidate, at: int, by: Person) -> tuple[Candidate, Candidate]:
    """拆分 at an offset of the body: two candidates take the place of one, each with the facts in its own words."""
    if not candidate.start < at < candidate.end:
        raise Refused("请在引文中间选一个拆分位置。")
    _decide(candidate, by=by, status=Status.SPLIT)
    _release(candidate)
    speech = candidate.speech
    pieces = [make(speech, start, end, by=by) for start, end in ((candidate.start, at), (at, candidate.end))]
    for piece in pieces:
        piece.split_from, piece.section = candidate, candidate.section
        piece.lead = piece.lead or candidate.lead
        piece.supporting = piece.supporting or candidate.supporting
        piece.suggested = piece.suggested or candidate.suggested
        piece.save()
    return pieces[0], pieces[1]


@transaction.atomic
def add_missed(*, speech: Speech, start: int, end: int, by: Person) -> Candidate:
    """补录: take a stretch of the text as a candidate. The same stretch twice gives the same candidate."""
    start, end = _trim(speech.body, start, end)
    if end - start < 4:
        raise Refused("请在原文中选中要补录的一句话。")
    existing = speech.candidates.filter(start=start, end=end).first()
    if existing is not None:
        return existing
    candidate = make(speech, start, end, by=by)
    candidate.decided_by, candidate.decided_at = by, timezone.now()  # so that 撤销上一步 finds it
    candidate.save()
    _reopen(speech)
    return candidate


@transaction.atomic
def dismiss(*, speech: Speech, start: int, end: int) -> None:
    """不是任务, of an unclaimed sentence: the coverage count lets it go."""
    row = Speech.objects.select_for_update().get(pk=speech.pk)
    known = any(row_start == start and row_end == end for row_start, row_end, *_ in row.sentences)
    if known and [start, end] not in row.dismissed:
        Speech.objects.filter(pk=row.pk).update(dismissed=sorted([*row.dismissed, [start, end]]))


@transaction.atomic
def restore(*, speech: Speech, start: int, end: int) -> None:
    """Take a dismissal back."""
    row = Speech.objects.select_for_update().get(pk=speech.pk)
    left = [span for span in row.dismissed if span != [start, end]]
    Speech.objects.filter(pk=row.pk).update(dismissed=left)
    _reopen(row)


# -- undoing -----------------------------------------------------------------------------------------------------
def last_decision(*, speech: Speech, by: Person) -> Candidate | None:
    """What 撤销上一步 takes back: this person's latest decision on this speech."""
    mine = speech.candidates.filter(decided_by=by, decided_at__isnull=False)
    return mine.select_related("item", "speech").order_by("-decided_at", "-pk").first()


@transaction.atomic
def undo(*, candidate: Candidate, by: Person) -> None:
    """撤销: back to 待核对. An accepted item is withdrawn, but only while nobody has touched it.

    Raises `Refused` with the reason; of two people who undo at once one wins.
    """
    if candidate.status == Status.PENDING and candidate.origin == Candidate.Origin.HAND:
        return _remove(candidate)
    if candidate.decided_at is None:
        raise Refused("此条尚未处理，无可撤销。")
    before = Status(candidate.status)
    same = Candidate.objects.filter(pk=candidate.pk, status=before, decided_at=candidate.decided_at)
    blank: dict[str, Any] = {"decided_by": None, "decided_at": None, "item": None, "merged_into": None}
    if not same.update(status=Status.PENDING, reject_reason="", **blank):
        raise Refused("此条刚刚被他人改动，请刷新后再看。")
    if before in TAKEN and candidate.item is not None:
        _take_back(candidate.item, by=by)
        candidate.merged.update(item=None)
    elif before == Status.MERGED and candidate.item is not None:
        _take_out(candidate, candidate.item, by=by)
    elif before == Status.SPLIT:
        _rejoin(candidate)
    _reopen(candidate.speech)


def _remove(candidate: Candidate) -> None:
    """Drop a candidate added by hand that nobody has decided."""
    if candidate.split_from_id is not None:
        raise Refused("此条由拆分而来，请撤销拆分。")
    if candidate.merged.exists():
        raise Refused("已有候选并入此条，请先撤销合并。")
    Candidate.objects.filter(pk=candidate.pk, status=Status.PENDING).delete()


def _take_back(item: ActionItem, *, by: Person) -> None:
    latest = _last_doing(item)
    if item.status != ItemStatus.DRAFT or latest is None or latest.kind != EventKind.REGISTERED:
        done = latest.get_kind_display() if latest else "变动"
        raise Refused(f"{item.number}已有后续记录（{done}），不能在此撤销，请到事项页处理。")
    item.move("withdraw", by=by, reason=_UNDONE)


def _last_doing(item: ActionItem) -> Event | None:
    """The latest event, but for sentences merged in and taken out again: those leave the item as it was."""
    taken_out = 0
    for event in item.events.all():  # the newest first
        if event.kind == EventKind.EDITED and event.text.startswith(_UNMERGED):
            taken_out += 1
        elif event.kind == EventKind.QUOTE_ADDED and taken_out:
            taken_out -= 1
        else:
            return event
    return None


def _take_out(candidate: Candidate, item: ActionItem, *, by: Person) -> None:
    """Undo a merge into an item: the quote goes, the line of events says so."""
    rows = [candidate, *candidate.merged.all()] if candidate.merged_into_id is None else [candidate]
    for row in rows:
        item.quotes.filter(speech_ref=row.speech_id, start=row.start, end=row.end).delete()
        item.record(EventKind.EDITED, by=by, text=f"{_UNMERGED}{row.quote}")
    candidate.merged.update(item=None)


def _rejoin(candidate: Candidate) -> None:
    pieces = candidate.pieces.all()
    touched = pieces.exclude(status=Status.PENDING).exists() or Candidate.objects.filter(
        merged_into__in=pieces
    )
    if touched:
        raise Refused("拆出的候选已经处理，请先逐条撤销。")
    pieces.delete()


# -- finishing ---------------------------------------------------------------------------------------------------
def gaps_of(speech: Speech) -> list[Gap]:
    """The unclaimed directive sentences of a speech. One query."""
    spans = speech.candidates.values_list("start", "end")
    return unclaimed(speech.sentences, spans=spans, dismissed=speech.dismissed)


def obstacle(*, pending: int, gaps: int) -> str:
    """Why the review cannot be finished yet; empty when it can."""
    reasons = [f"{pending} 条待核对"] * bool(pending) + [f"{gaps} 句未认领"] * bool(gaps)
    return f"尚有 {'、'.join(reasons)}" if reasons else ""


@transaction.atomic
def finish(*, speech: Speech, by: Person) -> Finished:
    """核对完毕: note it and issue the speech's drafts that have a lead, or propose them. Twice is harmless."""
    speech = Speech.objects.select_for_update().get(pk=speech.pk)
    reason = obstacle(pending=_tasks(speech).pending().count(), gaps=len(gaps_of(speech)))
    if reason:
        raise Refused(f"{reason}，不能完成核对。")
    fresh = Speech.objects.filter(pk=speech.pk, reviewed_at__isnull=True)
    fresh.update(reviewed_at=timezone.now(), reviewed_by=by)
    drafts = ActionItem.objects.filter(
        status=ItemStatus.DRAFT, candidates__speech=speech, candidates__status__in=TAKEN
    )
    issued = proposed = 0
    for item in (
        drafts.exclude(lead__isnull=True, groups__isnull=True)
        .order_by("number_year", "number_seq")
        .distinct()
    ):
        try:
            send_out(item=item, by=by)
        except IllegalMove:  # somebody issued or withdrew it at this very moment
            continue
        issued += item.status == ItemStatus.ISSUED
        proposed += item.status == ItemStatus.APPROVAL
    return Finished(
        issued=issued,
        proposed=proposed,
        # The list that the message leads to, so that its number is the list's.
        without_lead=ActionItem.objects.without_lead()
        .filter(status=ItemStatus.DRAFT, quotes__speech_ref=speech.pk)
        .distinct()
        .count(),
    )


# -- what they share ---------------------------------------------------------------------------------------------
def quote_of(candidate: Candidate) -> QuoteData:
    """The frozen copy of a candidate's words that goes with the item."""
    speech = candidate.speech
    before, after = context(speech.body, candidate.start, candidate.end)
    return QuoteData(
        text=candidate.quote,
        before=before[-120:],
        after=after[:120],
        section=" › ".join(candidate.section)[:200],
        speech_ref=speech.pk,
        speech_title=str(speech)[:200],
        speaker=speech.speaker,
        said_on=speech.held_on,
        start=candidate.start,
        end=candidate.end,
    )


def _decide(candidate: Candidate, *, by: Person, status: Status, **fields: Any) -> None:
    """The conditional UPDATE that only the first decision passes."""
    undecided = Candidate.objects.filter(pk=candidate.pk, status__in=Candidate.UNDECIDED)
    if not undecided.update(status=status, decided_by=by, decided_at=timezone.now(), **fields):
        raise AlreadyDecided(Candidate.objects.select_related("decided_by", "item").get(pk=candidate.pk))
    candidate.refresh_from_db(fields=["status", "decided_by", "decided_at", "reject_reason"])
    _reopen(candidate.speech)


def _register(
    candidate: Candidate, *, by: Person, choice: Choice, proposal: Proposal, quotes: list[QuoteData]
) -> ActionItem:
    speech = candidate.speech
    item = register_item(
        by=by,
        title=choice.title,
        quotes=quotes,
        lead=choice.lead,
        supporting=choice.supporting,
        due=choice.due,
        note="由讲话核对采纳",
        due_phrase=_phrase(candidate, choice),
        feedback_cycle=choice.cycle,
        figures=candidate.figures,
        parts=candidate.items,
        lead_text=proposal.lead_text,
        supporting_text=proposal.supporting_text,
        source=str(speech)[:120],
        source_date=speech.held_on,
    )
    item.groups.set(proposal.groups_for(choice))
    return item


def _revive(candidate: Candidate, *, by: Person, choice: Choice, proposal: Proposal) -> ActionItem | None:
    """The item this very sentence had before its acceptance was undone: its number is used again, not a new one."""
    item = ActionItem.objects.filter(
        status=ItemStatus.WITHDRAWN,
        issued_on__isnull=True,
        candidates__isnull=True,
        quotes__speech_ref=candidate.speech_id,
        quotes__start=candidate.start,
        quotes__end=candidate.end,
    ).first()
    if item is None or item.events.first().text != _UNDONE:  # type: ignore[union-attr]
        return None
    ActionItem.objects.filter(pk=item.pk).update(status=ItemStatus.DRAFT)
    item.refresh_from_db()
    lead = choice.lead
    changes: dict[str, Any] = {
        "title": choice.title,
        "lead": lead,
        "leader": lead.leader if lead else None,
        "owner": handler_of(lead) if lead else None,
        "supporting": list(choice.supporting),
        "groups": list(proposal.groups_for(choice)),
        "due": choice.due,
        "due_phrase": _phrase(candidate, choice),
        "feedback_cycle": choice.cycle,
    }
    item.edit(changes, by=by)
    _requote(item, candidate, by=by)
    item.record(
        EventKind.REGISTERED,
        by=by,
        text="撤销后重新采纳",
        before=ItemStatus.WITHDRAWN,
        after=ItemStatus.DRAFT,
    )
    return item


def _requote(item: ActionItem, candidate: Candidate, *, by: Person) -> None:
    """Let an item taken up again stand on exactly the sentences that are merged now, each once."""
    rows = {(row.start, row.end): row for row in (candidate, *candidate.merged.all())}
    for quote in item.quotes.all():
        if rows.pop((quote.start, quote.end), None) is None:
            quote.delete()
    for row in rows.values():
        add_quote(item=item, quote=quote_of(row), by=by)


def _phrase(candidate: Candidate, choice: Choice) -> str:
    """The words the date came from; a date that a person typed did not come from them."""
    return candidate.due_phrase if choice.due == candidate.due else ""


def _release(candidate: Candidate) -> None:
    """What was merged into a candidate that is not taken must be decided after all: nothing is lost silently."""
    candidate.merged.update(status=Status.PENDING, merged_into=None, decided_by=None, decided_at=None)


def _reopen(speech: Speech) -> None:
    """A decision after 核对完毕 makes the speech open for review again."""
    Speech.objects.filter(pk=speech.pk, reviewed_at__isnull=False).update(reviewed_at=None, reviewed_by=None)


def _tasks(speech: Speech) -> CandidateQuerySet:
    return Candidate.objects.filter(speech=speech).tasks()


def _trim(body: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the white space at its ends and within the body."""
    start, end = max(0, start), min(len(body), end)
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return start, end
