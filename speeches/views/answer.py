"""What a decision on the review page answers with: the parts of the page that changed, or a redirect without htmx."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from speeches.board import Board
from speeches.card_form import CardForm
from speeches.cards import Card, Status
from speeches.models import Speech
from speeches.prose import Block
from tracker.org.models import Person

_SHORT = ("已采纳", "修改后采纳", "已补录")  # said with the number after it: 已采纳 26


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened. `pk` is the candidate acted on, `start` where it stands; `stay` keeps it the current one.

    `reshaped` says that cards came or went, so that numbers changed: then the whole page is drawn anew.
    """

    start: int
    pk: int | None = None
    said: str = ""
    problem: str = ""
    status: int = 200
    stay: bool = False
    reshaped: bool = False
    form: CardForm | None = field(default=None)


def answer(request: HttpRequest, speech: Speech, outcome: Outcome) -> HttpResponse:
    """The page after `outcome`. The next pending card is the current one, unless something must be put right first."""
    speech = Speech.objects.get(pk=speech.pk)
    stay = outcome.stay or bool(outcome.problem)
    asked = request.POST if request.method == "POST" else request.GET
    show = asked.get("show", "")
    at = outcome.start if stay else None
    board = Board(speech, user=person(request), show=show, at=at, after=outcome.start)
    if at is not None and board.here is None:  # what stood there is gone: on to the next
        board.at = None
        board.stand(outcome.start)
    if outcome.form is not None and board.here is not None:
        board.retype(board.here, outcome.form.choice, outcome.form.complaints)
    if not getattr(request, "htmx", False):
        _tell(request, outcome, _done(board, outcome))
        return redirect(address(board, outcome.start))
    response = _fragments(request, board, outcome)
    response["HX-Replace-Url"] = address(board, outcome.start)
    return response


def address(board: Board, fallback: int | None = None) -> str:
    """The page's address with its place: tab and current card."""
    at = board.here.start if board.here else fallback
    query = {"show": board.show.value} if board.show != "all" else {}
    if at is not None:
        query["at"] = str(at)
    return (
        f"{board.speech.get_absolute_url()}?{urlencode(query)}" if query else board.speech.get_absolute_url()
    )


def context_of(board: Board) -> dict[str, object]:
    """What every template of the page takes."""
    return {"board": board, "speech": board.speech, "now": timezone.now(), **board.details()}


def person(request: HttpRequest) -> Person:
    """The person signed in; LoginRequiredMiddleware has seen to it that there is one."""
    assert isinstance(request.user, Person)
    return request.user


def _fragments(request: HttpRequest, board: Board, outcome: Outcome) -> HttpResponse:
    done = _done(board, outcome)
    context = {
        **context_of(board),
        "outcome": outcome,
        "done": done,
        "said": _said(board, outcome, done),
        "oob": True,
    }
    if outcome.reshaped:
        return render(request, "speeches/review/_reshaped.html", context, status=outcome.status)
    cards = [card for card in board.cards if card.candidate.pk in _changed(request, board, outcome)]
    context |= {"cards": cards, "blocks": _blocks(board, outcome, cards)}
    return render(request, "speeches/review/_delta.html", context, status=outcome.status)


def _blocks(board: Board, outcome: Outcome, cards: list[Card]) -> list[Block]:
    blocks = board.blocks_of(cards)
    acted = [b for part in board.prose for b in part.blocks if b.overlaps(outcome.start, outcome.start + 1)]
    return [*blocks, *(block for block in acted if block not in blocks)]


def _changed(request: HttpRequest, board: Board, outcome: Outcome) -> set[int]:
    """The cards to draw again: this one, the one left, the one come to, and what others decided meanwhile."""
    asked = request.POST if request.method == "POST" else request.GET
    pks = {outcome.pk, board.here.candidate.pk if board.here else None}
    left = asked.get("here", "")
    pks.add(int(left) if left.isdecimal() else None)
    since = parse_datetime(asked.get("since", "")) if asked.get("since") else None
    if since is not None:
        decided = ((card.candidate.pk, card.candidate.decided_at) for card in board.cards)
        pks |= {pk for pk, when in decided if when is not None and when > since}
    return {pk for pk in pks if pk is not None}


def _done(board: Board, outcome: Outcome) -> str:
    """What was done to which: 已采纳 26; 候选 26 不作为任务（重复）."""
    card = board.card_of(outcome.pk) if outcome.pk is not None else None
    if card is None or not outcome.said or not card.number:
        return outcome.said
    if card.candidate.status == Status.MERGED:
        return f"候选 {card.number} {card.verdict}"
    return f"{outcome.said} {card.number}" if outcome.said in _SHORT else f"候选 {card.number} {outcome.said}"


def _said(board: Board, outcome: Outcome, done: str) -> str:
    """For those who listen: 已采纳 26，当前 27."""
    here = board.here
    if here is not None:
        where = f"当前 {here.number}" if here.number else "当前为一般要求"
    elif board.pending:
        where = f"此处已核对完，另有 {board.pending} 条待核对"
    else:
        where = "没有待核对的候选"
    return "，".join(filter(None, [outcome.problem or done, where]))


def _tell(request: HttpRequest, outcome: Outcome, done: str) -> None:
    complaints = outcome.form.complaints if outcome.form else ()
    for problem in filter(None, [outcome.problem, *complaints]):
        messages.error(request, problem)
    if outcome.said and not outcome.problem:
        messages.success(request, done)
