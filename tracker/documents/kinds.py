"""The documents there are: what each is made from, whether it is numbered, what one may set."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices


class Kind(TextChoices):
    """Every form, in the order of the page."""

    BREAKDOWN = "breakdown", "任务分解表"
    BREAKDOWN_SHEET = "breakdown-xlsx", "任务分解表（Excel）"
    NOTICE = "notice", "督办通知单"
    REMINDER = "reminder", "督办提醒单"
    CHASE = "chase", "催办通知单"
    CARD = "card", "三色督查单"
    EXTENSION = "extension", "延期申请表"
    BULLETIN = "bulletin", "督查通报"
    REPORT = "report", "例会督办事项进展情况汇报"
    MINUTES = "minutes", "会议纪要"
    SUMMARY = "summary", "落实情况汇总表"
    LEDGER = "ledger", "督办台账"


class Source(TextChoices):
    """What a document can be about."""

    ITEMS = "items", "指定事项"
    SPEECH = "speech", "一次讲话"
    PERIOD = "period", "一段时间内交办的事项"
    OPEN = "open", "全部在办事项"
    MEETING = "meeting", "一次例会"


class Series(TextChoices):
    """The number series. The label is what stands between the office's prefix and 〔年〕."""

    NOTICE = "notice", "办"  # an item has the same form without it
    REMINDER = "reminder", "提"
    CHASE = "chase", "催"
    CARD = "card", "查"
    BULLETIN = "bulletin", "通"
    MINUTES = "minutes", "纪"

    @property
    def register(self) -> str:
        """The row of `NumberSeries` it counts in. Chasing in the product counts in the same ones: no number twice."""
        return {Series.REMINDER: "chase-remind", Series.CHASE: "chase-urge"}.get(self, f"doc-{self.value}")

    def text(self, *, prefix: str, year: int, seq: int) -> str:
        """澜教督〔2026〕12号; a bulletin is counted in issues: 第3期."""
        return f"第{seq}期" if self is Series.BULLETIN else f"{prefix}{self.label}〔{year}〕{seq}号"

    def given(self, number: str, *, prefix: str, colour: str = "") -> str:
        """The same for a paper that has its number already (〔2026〕3号, of its step and colour)."""
        if not number.startswith("〔"):
            return number
        return f"{prefix}{colour if self is Series.CARD else self.label}{number}"


_SETS = (Source.SPEECH, Source.ITEMS, Source.PERIOD, Source.OPEN)


@dataclass(frozen=True)
class Form:
    """One kind of document. `options` are the names of the fields its page offers besides the source."""

    kind: Kind
    group: str
    intro: str
    sources: tuple[Source, ...]
    series: Series | None = None
    one_each: bool = False  # one sheet an item, each with its own number
    sheet: bool = False
    options: tuple[str, ...] = ()
    for_departments: bool = False

    @cached_property
    def label(self) -> str:
        """Its name."""
        return str(self.kind.label)

    @property
    def extension(self) -> str:
        """Of the file made in one piece."""
        return "xlsx" if self.sheet else "docx"

    @property
    def has_template(self) -> bool:
        """Whether the office can replace it."""
        return not self.sheet


_TASKS, _SLIPS, _REPORTS = "分解与台账", "通知与督查单", "通报与会议"
FORMS: dict[str, Form] = {
    form.kind.value: form
    for form in (
        Form(Kind.BREAKDOWN, _TASKS, "一次讲话的任务按部分归并成表，每行带原文依据；Word 横向。", (Source.SPEECH, Source.ITEMS)),
        Form(Kind.BREAKDOWN_SHEET, _TASKS, "同一张任务分解表，Excel 横向，首行在各页重复。", (Source.SPEECH, Source.ITEMS), sheet=True),
        Form(Kind.LEDGER, _TASKS, "督办台账全部栏目，Excel 横向打印。", (Source.OPEN, Source.ITEMS, Source.SPEECH, Source.PERIOD), sheet=True),
        Form(Kind.NOTICE, _SLIPS, "一事一单，交承办单位签收；可成批，各单位一个文件。", (Source.ITEMS, Source.SPEECH), Series.NOTICE, True,
             options=("layout", "reply_by", "attachment")),
        Form(Kind.REMINDER, _SLIPS, "临近办结时限的事项，提醒承办单位。", (Source.ITEMS, Source.OPEN), Series.REMINDER, True, options=("layout", "number")),
        Form(Kind.CHASE, _SLIPS, "已超期的事项，写明第几次催办和责令期限。", (Source.ITEMS, Source.OPEN), Series.CHASE, True,
             options=("layout", "order_by", "times", "number")),
        Form(Kind.CARD, _SLIPS, "蓝、黄、红三色，一事一单，写明上一张单号。", (Source.ITEMS,), Series.CARD, True,
             options=("colour", "layout", "order_by", "previous", "number")),
        Form(Kind.EXTENSION, _SLIPS, "到期前由承办单位填写，逐级签署意见。", (Source.ITEMS,), None, True,
             options=("until", "reason"), for_departments=True),
        Form(Kind.BULLETIN, _REPORTS, "第N期，正文与附表数字出自同一份数据；另附 Excel 汇总表。", _SETS, Series.BULLETIN,
             options=("addressee", "order_by", "copy_to")),
        Form(Kind.SUMMARY, _REPORTS, "逐件列出落实情况，附各单位统计，Excel。", _SETS, sheet=True),
        Form(Kind.REPORT, _REPORTS, "例会用：上次例会以来的增减、办结、超期、到期、协调、新增与拟请明确。", (Source.MEETING,)),
        Form(Kind.MINUTES, _REPORTS, "由已定稿例会冻结的数据和会议意见生成。", (Source.MEETING,), Series.MINUTES,
             options=("host", "attendees", "recorder")),
    )
}  # fmt: skip


def form_of(kind: str) -> Form:
    """The form of a kind. Raises `KeyError` for one that does not exist."""
    return FORMS[kind]
