"""一事一单: 督办通知单, 督办提醒单, 催办通知单, 三色督查单, 延期申请表."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.documents.contexts.common import Context, authority, heading, progress, quoted
from tracker.documents.figures import Line, Snapshot
from tracker.documents.kinds import Kind
from tracker.documents.wording import UNKNOWN_DUE, UNKNOWN_LEAD, day

# Printed in black on these, and told by their word on a printer without colour.
COLOURS = {"蓝": "9DC3E6", "黄": "FFD966", "橙": "F4B183", "红": "FF7C80"}


def slips(
    snapshot: Snapshot,
    lines: Sequence[Line],
    *,
    kind: str,
    numbers: Sequence[str],
    options: Mapping[str, Any],
) -> Context:
    """The context of one file of slips, one slip a line."""
    pairs = zip(lines, numbers, strict=True)
    return heading(snapshot) | {
        "各单": [slip(snapshot, line, kind=kind, number=number, options=options) for line, number in pairs]
    }


def slip(snapshot: Snapshot, line: Line, *, kind: str, number: str, options: Mapping[str, Any]) -> Context:
    """One slip in words; what a form does not need stays unused."""
    colour = str(options.get("colour") or "蓝")
    return {
        "文号": number,
        "正文": _sentence(snapshot, line, kind, options),
        "督办事项": line.title,
        "事项编号": line.number,
        "任务级别": line.level,
        "督办依据": authority(line),
        "原文": quoted(line),
        "办理要求": "\n".join(part for part in (line.requirement, line.measures) if part),
        "督办内容": "\n".join(part for part in (quoted(line), line.requirement, line.measures) if part)
        or line.title,
        "牵头领导": line.leader,
        "配合领导": line.supporting_leaders,
        "牵头单位": line.department_name or UNKNOWN_LEAD,
        "配合单位": line.supporting,
        "责任人": line.owner,
        "责任人电话": line.owner_phone,
        "交办时间": day(line.issued_on, otherwise=day(snapshot.today)),
        "原定时限": day(line.original_due, otherwise=UNKNOWN_DUE),
        "办结时限": day(line.due, otherwise=UNKNOWN_DUE),
        "延期次数": f"{line.extensions}次" if line.extensions else "无",
        "反馈周期": line.cycle,
        "附件": str(options.get("attachment") or "无"),
        "联系人": line.officer,
        "联系电话": line.officer_phone,
        "最新进展": progress(line, otherwise="未反馈进展。"),
        "存在问题": line.problem,
        "下一步": line.next_step,
        "超期": f"{line.days_late}个工作日" if line.overdue else "未超期",
        "剩余": _left(line),
        "催办次数": f"第{times(line, options)}次",
        "责令期限": _given(options, "order_by", otherwise="收到本单后5个工作日内"),
        "颜色": colour,
        "底色": COLOURS.get(colour, COLOURS["蓝"]),
        "上一张单号": str(options.get("previous") or line.previous_card or "无"),
    } | _application(line, options)  # fmt: skip


_SIGNED = "签名：　　　　　　　年　　月　　日"
_DAY = "　　　　年　　月　　日"


def _application(line: Line, options: Mapping[str, Any]) -> Context:
    """The fields of 延期申请表: as filed in the product, else as typed, else blank for the pen."""
    filed = line.application
    if filed is None:
        return {
            "申请日期": _DAY, "申请时限": day(line.due, otherwise=UNKNOWN_DUE), "申请延期至": _given(options, "until"),
            "延期原因": str(options.get("reason") or ""), "已完成情况": progress(line), "下步计划": line.next_step,
            "单位意见": "", "初审意见": "", "初审签署": _SIGNED, "批复意见": "", "批复签署": _SIGNED, "批准延期至": _DAY, "批复日期": _DAY,
        }  # fmt: skip
    return {
        "申请日期": day(filed.asked_on),
        "申请时限": day(filed.due_then),
        "申请延期至": day(filed.wanted),
        "延期原因": filed.reason,
        "已完成情况": filed.done,
        "下步计划": filed.next_step,
        "单位意见": filed.head,
        "初审意见": filed.review,
        "初审签署": _signed(filed.reviewed_by, filed.reviewed_on),
        "批复意见": filed.answer,
        "批复签署": _signed(filed.decided_by, filed.decided_on),
        "批准延期至": day(filed.approved, otherwise=_DAY),
        "批复日期": day(filed.decided_on, otherwise=_DAY),
    }


def _signed(by: str, on: date | None) -> str:
    return f"{by}　　{day(on)}" if by and on else _SIGNED


def times(line: Line, options: Mapping[str, Any]) -> int:
    """第几次催办: as given, else as the item's line of events says."""
    return int(options.get("times") or max(1, line.chased))


def _left(line: Line) -> str:
    if not line.due_soon:
        return line.light
    return f"{line.days_left}个工作日" if line.days_left else "今日到期"


def _given(options: Mapping[str, Any], name: str, *, otherwise: str = "") -> str:
    value = options.get(name)
    return day(date.fromisoformat(value)) if value else otherwise


def _sentence(snapshot: Snapshot, line: Line, kind: str, options: Mapping[str, Any]) -> str:
    """The body formula of each form."""
    report_to = heading(snapshot)["办公室"]
    match kind:
        case Kind.NOTICE:
            when = _given(options, "reply_by") or day(line.due)
            ask = (
                f"请于{when}前将办理结果报{report_to}"
                if when
                else f"请抓紧办理，按{line.cycle or '要求'}向{report_to}反馈进展"
            )
            how = "你们分别办理" if line.groups else "你单位牵头办理"
            return f"根据{authority(line)}要求，现将下列事项交由{how}，{ask}。"
        case Kind.REMINDER:
            left = f"，还有{line.days_left}个工作日" if line.days_left else "，今日到期"
            left = left if line.due_soon else ""
            return (
                f"下列事项办结时限为{day(line.due, otherwise=UNKNOWN_DUE)}{left}。请抓紧办理，按时将办理结果报{report_to}；"
                "确需延期的，请在时限届满前提出书面申请。"
            )
        case Kind.CHASE:
            order = _given(options, "order_by")
            until = f"{order}前" if order else "收到本单后5个工作日内"
            late = f"，至{day(snapshot.today)}已超期{line.days_late}个工作日" if line.overdue else ""
            return (
                f"下列事项办结时限为{day(line.due, otherwise=UNKNOWN_DUE)}{late}。"
                f"现作第{times(line, options)}次催办，请于{until}办结，并将办理结果及超期原因书面报{report_to}。"
            )
        case Kind.CARD:
            order = _given(options, "order_by")
            until = f"{order}前" if order else "收到本单后5个工作日内"
            return (
                f"请于{until}将整改落实情况书面报{report_to}。逾期仍未落实的，将依次升级督查单，并予以通报。"
            )
    return ""
