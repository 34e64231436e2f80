"""The states of an action item and the moves between them: the whole machine is the table `MOVES`."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an item stands. 超期 and 临期 are not here: they depend on the clock and are computed."""

    DRAFT = "draft", "拟办"
    APPROVAL = "approval", "待审定"
    ISSUED = "issued", "待签收"
    IN_PROGRESS = "in_progress", "办理中"
    RETURNED = "returned", "退回重办"
    SUBMITTED = "submitted", "已报办结"
    ON_HOLD = "on_hold", "挂起"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "中止"


ENDED = (Status.CLOSED, Status.WITHDRAWN)
OPEN = tuple(status for status in Status if status not in ENDED)
# 挂起 stops the clock; everything else open runs.
RUNNING = tuple(status for status in OPEN if status != Status.ON_HOLD)


class EventKind(TextChoices):
    """What happened to an item."""

    REGISTERED = "registered", "立项"
    EDITED = "edited", "修改"
    QUOTE_ADDED = "quote_added", "补充原文依据"
    PROPOSED = "proposed", "报请审定"
    SENT_BACK = "sent_back", "退回修改"
    ISSUED = "issued", "交办"
    SIGNED = "signed", "签收"
    REFUSED = "refused", "退回交办"
    FEEDBACK = "feedback", "反馈"
    CHASED = "chased", "催办"
    DUE_CHANGED = "due_changed", "调整时限"
    REASSIGNED = "reassigned", "改派"
    ASSIGNED = "assigned", "分办"
    PART_SIGNED = "part_signed", "分办签收"
    PART_DONE = "part_done", "分办完成"
    PART_REFUSED = "part_refused", "退回分办"
    PART_DROPPED = "part_dropped", "撤销分办"
    PART_DUE = "part_due", "调整分办时限"
    EXT_ASKED = "ext_asked", "申请延期"
    EXT_REVIEWED = "ext_reviewed", "延期初审"
    EXT_GRANTED = "ext_granted", "批准延期"
    EXT_REFUSED = "ext_refused", "不同意延期"
    EXT_RECALLED = "ext_recalled", "撤回延期申请"
    INSTRUCTED = "instructed", "批示"
    ATTACHED = "attached", "上传附件"
    SUBMITTED = "submitted", "报办结"
    RECALLED = "recalled", "撤回办结申请"
    CLOSED = "closed", "办结销号"
    RETURNED = "returned", "退回重办"
    HELD = "held", "挂起"
    RESUMED = "resumed", "恢复办理"
    WITHDRAWN = "withdrawn", "中止"
    REOPENED = "reopened", "重新办理"
    RULING = "ruling", "会议意见"
    FACTS_ASKED = "facts_asked", "提请补报"
    DISCARDED = "discarded", "移入回收站"
    RESTORED = "restored", "移出回收站"
    UNDONE = "undone", "撤销批量修改"


class ClosingKind(TextChoices):
    """How an item ended."""

    ON_TIME = "on_time", "按期办结"
    LATE = "late", "超期办结"
    STAGED = "staged", "阶段性办结"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state. Without a `target` it restores the state before. Who may: `permissions.MATRIX`."""

    name: str
    label: str
    sources: tuple[Status, ...]
    target: Status | None
    event: EventKind
    needs_reason: bool = False
    remembers: bool = False  # keeps the state it leaves, for the move that restores it
    said: str = ""  # what the person who made it reads, where “已” before the label is no sentence

    @property
    def hands_out(self) -> bool:
        """Whether it brings an item to its department, or on the way there: somebody must be named for that."""
        return self.target in (Status.ISSUED, Status.APPROVAL)

    @property
    def done(self) -> str:
        """The sentence for the person who made it: 已签收, 已退回督查员."""
        return self.said or f"已{self.label}"


_WORKED_ON = (Status.IN_PROGRESS, Status.RETURNED)
_DRAFTED = (Status.DRAFT, Status.APPROVAL)
_HELD = (Status.ISSUED, *_WORKED_ON)
_CLOSABLE = (*_HELD, Status.SUBMITTED)
_STOPPABLE = (*_DRAFTED, *_HELD, Status.ON_HOLD)

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("propose", "报请审定", (Status.DRAFT,), Status.APPROVAL, EventKind.PROPOSED),
        Move("approve", "审定交办", (Status.APPROVAL,), Status.ISSUED, EventKind.ISSUED),
        Move("send_back", "退回修改", (Status.APPROVAL,), Status.DRAFT, EventKind.SENT_BACK, needs_reason=True),
        Move("issue", "交办", (Status.DRAFT,), Status.ISSUED, EventKind.ISSUED),
        Move("sign", "签收", (Status.ISSUED,), Status.IN_PROGRESS, EventKind.SIGNED),
        Move("refuse", "不属本单位", (Status.ISSUED,), Status.DRAFT, EventKind.REFUSED, needs_reason=True, said="已退回督查员，请其另行交办"),
        Move("submit", "申请办结", _WORKED_ON, Status.SUBMITTED, EventKind.SUBMITTED, needs_reason=True, remembers=True),
        Move("recall", "撤回办结申请", (Status.SUBMITTED,), None, EventKind.RECALLED),
        Move("close", "办结销号", _CLOSABLE, Status.CLOSED, EventKind.CLOSED),
        Move("return", "退回重办", (Status.SUBMITTED,), Status.RETURNED, EventKind.RETURNED, needs_reason=True),
        Move("hold", "挂起", _HELD, Status.ON_HOLD, EventKind.HELD, needs_reason=True, remembers=True),
        Move("resume", "恢复办理", (Status.ON_HOLD,), None, EventKind.RESUMED),
        Move("withdraw", "中止", _STOPPABLE, Status.WITHDRAWN, EventKind.WITHDRAWN, needs_reason=True),
        Move("reopen", "重新办理", ENDED, Status.IN_PROGRESS, EventKind.REOPENED, needs_reason=True),
    )
}  # fmt: skip


class MoveRefused(Exception):
    """A move that cannot be made now. `str()` is a sentence for the person who tried."""


class IllegalMove(MoveRefused):
    """The item is not in a state from which this move starts."""

    def __init__(self, move: Move, current: str) -> None:
        self.move, self.current = move, current
        super().__init__(f"事项现为“{Status(current).label}”，不能{move.label}。请刷新后再操作。")


class ReasonRequired(MoveRefused):
    """The move needs a reason and none was given."""

    def __init__(self, move: Move) -> None:
        super().__init__(f"{move.label}需要写明原因。")


class LeadRequired(MoveRefused):
    """Nobody could sign for an item that is issued to no department, nor approve its issue."""

    def __init__(self, move: Move) -> None:
        super().__init__(f"尚未明确牵头单位，不能{move.label}。")


class ApprovalRequired(MoveRefused):
    """The office wants a second pair of eyes before anything is issued."""

    def __init__(self) -> None:
        super().__init__("本单位交办前须经审定，请先报请审定。")


class SecondPersonRequired(MoveRefused):
    """Who proposed an item does not approve it."""

    def __init__(self) -> None:
        super().__init__("审定须由报请人以外的人员办理。")


class PartsOpen(MoveRefused):
    """Closing an item whose parts are not done must be confirmed."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(f"尚有 {left} 项分办未完成。确需办结的，请勾选“仍然办结”后再操作。")
