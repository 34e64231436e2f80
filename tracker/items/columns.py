"""Which columns the ledger shows, and in which order: a word list like `light,number,title`."""

from collections.abc import Iterable, Sequence

# All there are, with what they are called in the choice; the table has them under the same keys.
COLUMNS: dict[str, str] = {
    "light": "灯／工作日",
    "number": "编号",
    "title": "督办事项／来源",
    "level": "任务级别",
    "leader": "责任领导",
    "lead": "牵头单位",
    "supporting": "配合单位",
    "owner": "责任人",
    "issued": "交办",
    "original": "原定时限",
    "due": "现时限",
    "extensions": "延期次数",
    "cycle": "反馈周期",
    "progress": "最新进展",
    "problem": "存在问题",
    "next": "下一步",
    "percent": "完成率",
    "parts": "分办 x/N",
    "still": "停滞日数",
    "on_original": "按原定超期",
    "status": "状态",
    "closed": "办结日期／方式",
    "officer": "督办人",
    "source_date": "来源日期",
}
STANDARD = (
    "light", "number", "title", "lead", "supporting", "issued", "original", "due", "progress", "status", "officer",
)  # fmt: skip
# A row nobody can tell from the next is no row.
ALWAYS = "title"


def read_columns(text: str) -> tuple[str, ...]:
    """The columns `text` names; what is unknown or named twice is dropped, the standard ones when nothing is left."""
    wanted = tuple(dict.fromkeys(key for key in text.split(",") if key in COLUMNS))
    if not wanted:
        return STANDARD
    return wanted if ALWAYS in wanted else (ALWAYS, *wanted)


def write_columns(keys: Iterable[str]) -> str:
    """The word list to keep; empty for the standard ones."""
    chosen = read_columns(",".join(keys))
    return "" if chosen == STANDARD else ",".join(chosen)


def offered(chosen: Sequence[str]) -> list[tuple[str, str, bool]]:
    """(key, name, chosen) of all columns, the chosen ones first in their order."""
    rest = [key for key in COLUMNS if key not in chosen]
    return [(key, COLUMNS[key], key in chosen) for key in (*chosen, *rest)]
