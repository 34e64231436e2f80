"""The review page and one small view per decision."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from speeches import review
from speeches.board import Board
from speeches.card_form import CardForm
from speeches.models import Candidate, Speech
from speeches.proposal import Choice
from speeches.views.answer import Outcome, answer, context_of, person
from tracker.items.models import ActionItem
from tracker.items.states import Status as ItemStatus
from tracker.org.models import Person

_FOUND_AT_MOST = 12


def review_page(request: HttpRequest, speech: Speech) -> HttpResponse:
    """The page of an extracted speech. `?at=` opens the card or sentence at an offset, `?show=` a tab."""
    at, show = _number(request.GET.get("at")), request.GET.get("show", "")
    board = Board(speech, user=person(request), show=show, at=at)
    context = context_of(board)
    find = request.GET.get("find", "").strip()
    if find:
        context |= {"find": find, "items": _items(request, find)}
    return render(request, "speeches/review.html", context)


@require_GET
def card(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """Make a card the current one."""
    row = get_object_or_404(_candidates(request, pk), pk=candidate)
    return answer(request, row.speech, Outcome(row.start, row.pk, stay=True))


@require_GET
def find_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Existing items to merge a candidate into, by number or words."""
    get_object_or_404(Speech.objects.visible_to(_officer(request)), pk=pk)
    words = request.GET.get("find", "").strip()
    return render(request, "speeches/review/_items.html", {"find": words, "items": _items(request, words)})


# -- one candidate -----------------------------------------------------------------------------------------------
@require_POST
def accept(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """采纳, with what was changed in the form (without a form: as it stands)."""
    row = _candidate(request, pk, candidate)
    choice: Choice | None = None
    if "title" in request.POST:
        form = CardForm(request.POST)
        if not form.is_valid():
            problem = "".join(form.complaints)
            return answer(
                request, row.speech, Outcome(row.start, row.pk, problem=problem, status=422, form=form)
            )
        choice = form.choice
    return _decide(request, row, lambda by: review.accept(candidate=row, by=by, choice=choice))


@require_POST
def requirement(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """转一般要求."""
    row = _candidate(request, pk, candidate)
    return _decide(request, row, lambda by: review.to_requirement(candidate=row, by=by))


@require_POST
def reject(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """不作为任务, with a reason."""
    row, reason = _candidate(request, pk, candidate), request.POST.get("reason", "")
    return _decide(request, row, lambda by: review.reject(candidate=row, by=by, reason=reason))


@require_POST
def flag(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """存疑."""
    row = _candidate(request, pk, candidate)
    return _decide(request, row, lambda by: review.flag(candidate=row, by=by))


@require_POST
def split(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """拆分 at an offset; the first half is current afterwards."""
    row, at = _candidate(request, pk, candidate), _number(request.POST.get("cut")) or 0
    return _decide(request, row, lambda by: review.split(candidate=row, at=at, by=by), reshaped=True)


@require_POST
def merge(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """合并 into the candidate with the given number of the same part."""
    row = _candidate(request, pk, candidate)
    board = Board(row.speech, user=person(request), at=row.start)
    mine, wanted = board.card_of(row.pk), request.POST.get("into", "").strip()
    into = next(
        (c.candidate for c in board.tasks if mine and c.part == mine.part and c.number == wanted), None
    )
    if into is None:
        return answer(
            request, row.speech, Outcome(row.start, row.pk, problem=f"没有候选 {wanted}。", status=422)
        )
    return _decide(request, row, lambda by: review.merge(candidate=row, into=into, by=by))


@require_POST
def attach(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """并入已有事项."""
    row = _candidate(request, pk, candidate)
    item = get_object_or_404(
        ActionItem.objects.visible_to(person(request)), pk=_number(request.POST.get("item")) or 0
    )
    return _decide(request, row, lambda by: review.attach(candidate=row, item=item, by=by))


@require_POST
def undo(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """撤销 the decision on one candidate, which is current afterwards."""
    return _undo(request, _candidate(request, pk, candidate))


# -- the speech --------------------------------------------------------------------------------------------------
@require_POST
def undo_last(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销上一步: one's own latest decision."""
    speech = _speech(request, pk)
    row = review.last_decision(speech=speech, by=_officer(request))
    if row is None:
        return answer(request, speech, Outcome(_place(request), problem="没有可以撤销的操作。", status=422))
    return _undo(request, row)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """补录 a stretch of the text."""
    speech = _speech(request, pk)
    start, end = _number(request.POST.get("start")) or 0, _number(request.POST.get("end")) or 0
    try:
        row = review.add_missed(speech=speech, start=start, end=end, by=_officer(request))
    except review.Refused as refusal:
        return answer(request, speech, Outcome(_place(request), problem=str(refusal), status=422))
    return answer(request, speech, Outcome(row.start, row.pk, said="已补录", stay=True, reshaped=True))


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """不是任务, of an unclaimed sentence."""
    speech, start = _speech(request, pk), _number(request.POST.get("start")) or 0
    review.dismiss(speech=speech, start=start, end=_number(request.POST.get("end")) or 0)
    return answer(request, speech, Outcome(start, said="已记为不是任务", reshaped=True))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that back."""
    speech, start = _speech(request, pk), _number(request.POST.get("start")) or 0
    review.restore(speech=speech, start=start, end=_number(request.POST.get("end")) or 0)
    return answer(request, speech, Outcome(start, said="已恢复为未认领", stay=True, reshaped=True))


@require_POST
def accept_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """批量采纳 what stands in the text with unit and date."""
    speech = _speech(request, pk)
    taken = review.accept_ready(speech=speech, by=_officer(request))
    return answer(request, speech, Outcome(-1, said=f"已批量采纳 {taken} 条", reshaped=True))


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """核对完毕."""
    speech = _speech(request, pk)
    try:
        done = review.finish(speech=speech, by=_officer(request))
    except review.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(speech)
    messages.success(request, _with_way(done, speech))
    return redirect(speech)


# -- what they share ---------------------------------------------------------------------------------------------
def _decide(
    request: HttpRequest, row: Candidate, act: Callable[[Person], object], *, reshaped: bool = False
) -> HttpResponse:
    """Act, and answer with the next pending one; or with what stood in the way."""
    reshaped = reshaped or row.is_requirement  # a requirement that becomes a task takes a number
    try:
        act(_officer(request))
    except review.AlreadyDecided as conflict:
        problem = f"{conflict}，您刚才的操作未生效。"
        return answer(request, row.speech, Outcome(row.start, row.pk, problem=problem, status=409))
    except review.Refused as refusal:
        return answer(request, row.speech, Outcome(row.start, row.pk, problem=str(refusal), status=422))
    row.refresh_from_db()
    said, after = review.said_of(row), row.start
    return answer(request, row.speech, Outcome(after - reshaped, row.pk, said=said, reshaped=reshaped))


def _undo(request: HttpRequest, row: Candidate) -> HttpResponse:
    reshaped = (
        row.status == Candidate.Status.SPLIT or row.origin == Candidate.Origin.HAND or row.is_requirement
    )
    added = row.is_pending and row.origin == row.Origin.HAND
    said = "已撤销补录" if added else f"撤销“{review.said_of(row)}”"
    try:
        review.undo(candidate=row, by=_officer(request))
    except review.Refused as refusal:
        return answer(request, row.speech, Outcome(row.start, row.pk, problem=str(refusal), status=422))
    return answer(request, row.speech, Outcome(row.start, row.pk, said=said, stay=True, reshaped=reshaped))


def _with_way(done: review.Finished, speech: Speech) -> str:
    """What was done, and the way to the list of what waits for a unit."""
    if not done.without_lead:
        return done.sentence
    address = f"{reverse('items:ledger')}?view=no-lead&status={ItemStatus.DRAFT}&speech={speech.pk}"
    return format_html('{} <a href="{}">查看这 {} 条</a>', done.sentence, address, done.without_lead)


def _officer(request: HttpRequest) -> Person:
    if not person(request).is_officer:
        raise PermissionDenied
    return person(request)


def _speech(request: HttpRequest, pk: int) -> Speech:
    """A speech one may decide on: 404 where it cannot be seen, 403 where it may only be read."""
    speech = get_object_or_404(Speech.objects.visible_to(person(request)), pk=pk)
    _officer(request)
    return speech


def _candidates(request: HttpRequest, pk: int) -> QuerySet[Candidate]:
    get_object_or_404(Speech.objects.visible_to(person(request)), pk=pk)
    return Candidate.objects.filter(speech=pk).select_related("speech", "item")


def _candidate(request: HttpRequest, pk: int, candidate: int) -> Candidate:
    row = get_object_or_404(_candidates(request, pk), pk=candidate)
    _officer(request)
    return row


def _items(request: HttpRequest, words: str) -> list[ActionItem]:
    """Open items whose title has all the words, or whose number is the one given."""
    items = (
        ActionItem.objects.visible_to(person(request))
        .open()
        .select_related("lead")
        .prefetch_related("groups")
    )
    digits = "".join(char for char in words.split("〕")[-1] if char.isdecimal())
    if digits and len(words) - len(digits) <= 7 and not words.replace(" ", "").isalpha():
        by_number = items.filter(number_seq=int(digits[-6:])).order_by("-number_year")
        if by_number:
            return list(by_number[:_FOUND_AT_MOST])
    for word in words[:100].replace("\0", "").split():
        items = items.filter(title__icontains=word)
    return list(items.order_by("-number_year", "-number_seq")[:_FOUND_AT_MOST])


def _place(request: HttpRequest) -> int:
    """Where the page stood, for answers that are about no candidate."""
    row = Candidate.objects.filter(pk=_number(request.POST.get("here")) or 0).first()
    return row.start if row else -1


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
