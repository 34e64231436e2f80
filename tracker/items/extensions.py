"""延期: asked for while the date has not passed, answered with a date that may differ from the one asked for."""

from datetime import date

from django.db import IntegrityError, transaction

from tracker.items.models import ActionItem, ExtensionRequest, RequestState
from tracker.items.reckoning import Reckoning
from tracker.items.states import EventKind, MoveRefused, Status
from tracker.org import clock
from tracker.org.models import Department, Office, Person


class ExtensionImpossible(MoveRefused):
    """Why the date cannot be moved like this. `str()` is a sentence for the person who tried."""


def why_no_extension(item: ActionItem, now: Reckoning) -> str:
    """Why no extension can be asked for now; empty when one can (documents.md §1: only before the due date)."""
    if item.status not in (Status.ISSUED, Status.IN_PROGRESS, Status.RETURNED):
        return f"事项现为“{item.get_status_display()}”，不能申请延期。"
    if item.due is None:
        return "事项未明确时限，不需申请延期。"
    if item.due <= now.overdue_until:
        return "已过时限，不能申请延期；确需调整的，由会议或领导重定时限。"
    return ""


@transaction.atomic
def ask_extension(
    *,
    item: ActionItem,
    by: Person,
    department: Department | None,
    wanted: date,
    reason: str,
    done: str,
    next_step: str = "",
    head: str = "",
) -> ExtensionRequest:
    """Ask for more time. Raises `ExtensionImpossible`: too late, an earlier date, or one request is open already."""
    item.refresh_from_db()
    refusal = why_no_extension(item, Reckoning.now())
    if refusal:
        raise ExtensionImpossible(refusal)
    if item.due is None or wanted <= item.due:
        raise ExtensionImpossible("申请延期至的日期应晚于现时限。")
    try:
        with transaction.atomic():
            request = ExtensionRequest.objects.create(
                item=item, department=department, by=by, due_then=item.due, wanted=wanted,
                reason=reason, done=done, next_step=next_step, head=head,
            )  # fmt: skip
    except IntegrityError:
        raise ExtensionImpossible("已有一份延期申请待批复，请勿重复申请。") from None
    item.record(EventKind.EXT_ASKED, by=by, text=f"申请延期至{_day(wanted)}。{reason}")
    return request


@transaction.atomic
def review_extension(*, request: ExtensionRequest, by: Person, opinion: str) -> None:
    """督查员初审: an opinion for the leader who decides. Raises `ExtensionImpossible` when it is decided already."""
    fields = {"review": opinion, "reviewed_by": by, "reviewed_at": clock.now()}
    _change_pending(request, fields)
    request.item.record(EventKind.EXT_REVIEWED, by=by, text=opinion)


@transaction.atomic
def decide_extension(
    *, request: ExtensionRequest, by: Person, granted: bool, until: date | None = None, answer: str = ""
) -> None:
    """批复. `until` is the date granted, which may differ from the one asked for (default: that one).

    The original date stays, and is what punctuality counts against. Raises `ExtensionImpossible` when a leader has to
    decide and `by` is none, when `until` is no later date, or when it is decided already.
    """
    if Office.current().leader_decides and not by.is_leader:
        raise ExtensionImpossible("本单位延期须由领导批复，请填写初审意见后报领导。")
    until = until or request.wanted
    if granted and until <= request.due_then:
        raise ExtensionImpossible("批准延期至的日期应晚于现时限。")
    if not granted and not answer.strip():
        raise ExtensionImpossible("不同意延期需要写明理由。")
    state = RequestState.GRANTED if granted else RequestState.REFUSED
    decided = {"state": state, "decided_by": by, "decided_at": clock.now(), "answer": answer}
    _change_pending(request, decided | ({"approved": until} if granted else {}))
    if granted:
        changes = request.item.grant_extension(until)
        differs = f"（申请延期至{_day(request.wanted)}）" if until != request.wanted else ""
        text = f"延期至{_day(until)}{differs}。{answer}"
        request.item.record(EventKind.EXT_GRANTED, by=by, text=text, changes=changes)
    else:
        request.item.record(EventKind.EXT_REFUSED, by=by, text=answer)


@transaction.atomic
def recall_extension(*, request: ExtensionRequest, by: Person) -> None:
    """撤回 by the department. Raises `ExtensionImpossible` when it is decided already."""
    fields = {"state": RequestState.RECALLED, "decided_by": by, "decided_at": clock.now()}
    _change_pending(request, fields)
    request.item.record(EventKind.EXT_RECALLED, by=by)


def _change_pending(request: ExtensionRequest, fields: dict[str, object]) -> None:
    won = ExtensionRequest.objects.filter(pk=request.pk, state=RequestState.PENDING).update(**fields)
    request.refresh_from_db()
    if not won:
        raise ExtensionImpossible(f"该申请{request.get_state_display()}，请刷新后查看。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
