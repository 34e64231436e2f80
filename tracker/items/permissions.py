"""Who may do what: the whole matrix. Pages ask here; `docs/permissions.md` is printed from it."""

from collections.abc import Mapping
from enum import Enum

from tracker.items.models import ActionItem
from tracker.items.states import MOVES
from tracker.org.models import Office, Person


class Standing(Enum):
    """What a person is to one item. Several at once are possible."""

    OFFICER = "督查员、管理员"
    PRINCIPAL = "主要领导"
    CHARGE = "责任领导、分管领导"
    LEAD = "牵头单位联络员"
    PART = "分办单位联络员"
    SUPPORT = "配合单位联络员"
    NONE = "其他人员"


O, P, C, L, A, S = (  # noqa: E741 (the table below must stay readable)
    Standing.OFFICER, Standing.PRINCIPAL, Standing.CHARGE, Standing.LEAD, Standing.PART, Standing.SUPPORT,
)  # fmt: skip

# action: (what it is called, who may). Moves have the names of `states.MOVES`.
MATRIX: Mapping[str, tuple[str, frozenset[Standing]]] = {
    name: (label, frozenset(who))
    for name, label, who in (
        ("see", "查看（已交办）", {O, P, C, L, A, S}),
        ("see_draft", "查看（拟办、待审定）", {O, P, C}),
        ("edit", "修改事项", {O}),
        ("propose", "报请审定", {O}),
        ("approve", "审定交办（报请人以外）", {O, P, C}),
        ("send_back", "退回修改", {O, P, C}),
        ("issue", "交办（不须审定时）", {O}),
        ("sign", "签收", {O, L}),
        ("refuse", "退回交办（不属本单位）", {O, L}),
        ("report", "反馈进展", {O, L, A}),
        ("attach", "上传附件", {O, L, A}),
        ("split", "分办、调整分办时限、撤销分办", {O, L}),
        ("part", "分办签收、退回、完成", {O, A}),
        ("ask_extension", "申请延期、撤回申请", {O, L}),
        ("review_extension", "延期初审", {O}),
        ("decide_extension", "批复延期（由领导批复时不含督查员）", {O, P, C}),
        ("submit", "申请办结", {O, L}),
        ("recall", "撤回办结申请", {O, L}),
        ("close", "办结销号", {O}),
        ("return", "退回重办", {O}),
        ("hold", "挂起", {O}),
        ("resume", "恢复办理", {O}),
        ("withdraw", "中止", {O}),
        ("reopen", "重新办理", {O}),
        ("chase", "催办", {O}),
        ("instruct", "批示", {P, C}),
        ("discard", "移入、移出回收站", {O}),
    )
}


def standings(item: ActionItem, user: Person) -> frozenset[Standing]:
    """What `user` is to `item`. Reads its lead, its supporting departments and its parts (prefetch them for lists)."""
    found = set()
    if user.is_officer:
        found.add(Standing.OFFICER)
    if user.sees_everything and user.is_leader:
        found.add(Standing.PRINCIPAL)
    if item.leader_id == user.pk or (item.lead and item.lead.leader_id == user.pk):
        found.add(Standing.CHARGE)
    mine = {department.pk for department in user.liaison_departments}
    if mine:
        found |= _of_department(item, mine)
    return frozenset(found or {Standing.NONE})


def _of_department(item: ActionItem, mine: set[int]) -> set[Standing]:
    found = set()
    if item.lead_id in mine:
        found.add(Standing.LEAD)
    if any(
        part.department_id in mine and part.state != part.State.DROPPED for part in item.parts_given.all()
    ):
        found.add(Standing.PART)
    if any(department.pk in mine for department in item.supporting.all()):
        found.add(Standing.SUPPORT)
    return found


def allowed(action: str, item: ActionItem, user: Person) -> bool:
    """Whether the matrix lets `user` do `action` with `item`; whether its state allows it is asked elsewhere."""
    return bool(MATRIX[action][1] & standings(item, user))


def actions_of(item: ActionItem, user: Person) -> frozenset[str]:
    """All the actions the matrix lets `user` do with `item`."""
    who = standings(item, user)
    return frozenset(name for name, (_, may) in MATRIX.items() if who & may)


def moves_for(item: ActionItem, user: Person) -> list[str]:
    """The names of the moves `user` may make now, in the order of `states.MOVES`."""
    who = standings(item, user)
    hidden = {"issue"} if Office.current().needs_approval else {"propose"}
    return [
        move.name
        for move in MOVES.values()
        if item.status in move.sources and who & MATRIX[move.name][1] and move.name not in hidden
    ]


def as_markdown() -> str:
    """The matrix as a table for `docs/permissions.md`."""
    columns = list(Standing)
    head = f"| 操作 | {' | '.join(column.value for column in columns)} |"
    rule = "|---" * (len(columns) + 1) + "|"
    rows = [
        f"| {label} | {' | '.join('✓' if column in who else '—' for column in columns)} |"
        for label, who in MATRIX.values()
    ]
    return "\n".join([head, rule, *rows])
