"""What every form may say, and sentences several of them share."""

from typing import Any

from tracker.documents.figures import Line, Snapshot, Words
from tracker.documents.wording import day, dotted, moment, names

Context = dict[str, Any]


def heading(snapshot: Snapshot) -> Context:
    """The office, the day, and the moment of the figures."""
    return {
        "单位全称": snapshot.office.name,
        "单位简称": snapshot.office.signs,
        "办公室": secretariat(snapshot.office.signs),
        "制发日期": day(snapshot.today),
        "数据截至": moment(snapshot.taken_at),
        "范围": snapshot.scope,
    }


def secretariat(office: str) -> str:
    """Who collects the reports: 某某局办公室."""
    return office if office.endswith(("办公室", "督查室")) else f"{office}办公室"


def authority(line: Line) -> str:
    """督办依据: the speeches with speaker and day, else the source as registered."""
    spoken = names(_said(words) for words in line.words if words.speech_title)
    if spoken:
        return spoken
    if line.source:
        return line.source + (f"（{day(line.source_date)}）" if line.source_date else "")
    return "领导交办"


def _said(words: Words) -> str:
    facts = "，".join(part for part in (words.speaker, day(words.said_on)) if part)
    return f"《{words.speech_title}》" + (f"（{facts}）" if facts else "")


def quoted(line: Line) -> str:
    """The exact words, each in quotation marks on a line of its own."""
    return "\n".join(f"“{words.text.strip()}”" for words in line.words)


def remarks(line: Line) -> str:
    """超期3个工作日；延期1次；本期未反馈."""
    parts = [
        f"超期{line.days_late}个工作日" if line.overdue else "",
        f"延期{line.extensions}次" if line.was_extended else "",
        "本期未反馈" if line.silent else "",
        line.closing,
    ]
    return "；".join(part for part in parts if part)


def progress(line: Line, *, otherwise: str = "") -> str:
    """最新进展 with its day."""
    if not line.progress:
        return otherwise
    on = f"{line.progress_on.month}月{line.progress_on.day}日：" if line.progress_on else ""
    return on + line.progress


_CATEGORIES = {"closed": "已办结", "open": "办理中", "withdrawn": "中止"}


def annex_rows(snapshot: Snapshot) -> list[Context]:
    """落实情况汇总表, one row an item: the annex of the bulletin and the sheet of the same name."""
    return [
        {
            "序号": position,
            "编号": line.number,
            "督办事项": line.title,
            "来源": line.source,
            "责任领导": line.leader,
            "牵头单位": line.department or "未明确",
            "配合单位": line.supporting,
            "交办日期": dotted(line.issued_on),
            "原定时限": dotted(line.original_due) or "未明确",
            "现时限": dotted(line.due) or "未明确",
            "状态": line.status,
            "类别": _CATEGORIES[line.state],
            "办结日期": dotted(line.closed_on),
            "办结方式": line.closing,
            "超期": f"{line.days_late}个工作日" if line.overdue else "",
            "延期": f"{line.extensions}次" if line.was_extended else "",
            "未反馈": "是" if line.silent else "",
            "最新进展": progress(line),
            "存在问题": line.problem,
            "下一步": line.next_step,
            "备注": remarks(line),
        }
        for position, line in enumerate(snapshot.lines, start=1)
    ]


def department_rows(snapshot: Snapshot) -> list[Context]:
    """One row a department, zeros included, and the total as the last."""
    rows = [(group.name, group.figures) for group in snapshot.departments] + [("合计", snapshot.figures)]
    return [
        {
            "序号": "" if name == "合计" else position,
            "单位": name,
            "总数": figures.total,
            "已办结": figures.closed,
            "按期办结": figures.on_time,
            "办理中": figures.open,
            "超期": figures.overdue,
            "延期": figures.extended,
            "未反馈": figures.silent,
            "中止": figures.withdrawn,
        }
        for position, (name, figures) in enumerate(rows, start=1)
    ]
