"""Writing planned rows to the ledger, each with its events, a batch in one transaction."""

from typing import Any

from django.db import transaction
from django.db.models import F

from tracker.exchange.planning import Outcome, RowPlan
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem, EditConflict, NumberSeries
from tracker.items.register import handler_of, register_item
from tracker.items.states import ClosingKind, MoveRefused, Status
from tracker.org import clock
from tracker.org.models import Person

FROM_EXCEL = "由 Excel 导入"


def write(plans: list[RowPlan], *, by: Person) -> None:
    """Do what the plans say. A row that has become impossible since is refused with its reason; the others stand."""
    with transaction.atomic():
        for plan in plans:
            if plan.outcome not in (Outcome.NEW, Outcome.CHANGE):
                continue
            try:
                with transaction.atomic():
                    _write_one(plan, by=by)
            except EditConflict:
                plan.outcome, plan.reasons = Outcome.REFUSED, ["刚刚被他人修改，请重新导出再填"]
            except MoveRefused as error:
                plan.outcome, plan.reasons = Outcome.REFUSED, [str(error)]


def _write_one(plan: RowPlan, *, by: Person) -> None:
    if plan.outcome == Outcome.NEW:
        _register(plan, by=by)
        return
    item = plan.item
    assert item is not None  # a change has its item
    if plan.edits:
        item.edit(plan.edits, by=by, version=item.version, text=FROM_EXCEL)
    if plan.report:
        said = {
            "progress": plan.report.get("progress") or "（仅更新问题、下一步或完成率）",
            **{k: v for k, v in plan.report.items() if k != "progress"},
        }
        report_progress(item=item, by=by, department=item.lead, **said)


_CARRIED = (
    "requirement",
    "source",
    "source_date",
    "level",
    "feedback_cycle",
    "due_phrase",
    "lead_text",
    "supporting_text",
    "leader",
    "owner",
)


def _register(plan: RowPlan, *, by: Person) -> None:
    values, status = plan.fresh["values"], plan.fresh["status"]
    lead = values.get("lead")
    fields: dict[str, Any] = {name: values[name] for name in _CARRIED if values.get(name) not in (None, "")}
    if "owner" not in fields:
        fields["owner"] = handler_of(lead) if lead else None
    item = register_item(
        by=by, title=plan.title, lead=lead, supporting=[each for each in values.get("supporting", ()) if each != lead],
        due=values.get("due"), note=FROM_EXCEL, **fields,
    )  # fmt: skip
    plan.item = item
    _as_it_was(item, values, status, plan.fresh["key"])
    report = {key: values[key] for key in ("progress", "problem", "next_step", "percent") if key in values}
    if report.get("progress") and status not in (Status.DRAFT, Status.APPROVAL):
        report_progress(item=item, by=by, department=lead, **report)


def _as_it_was(item: ActionItem, values: dict[str, Any], status: str, key: tuple[int, int] | None) -> None:
    """The number, state and dates the item had on paper: it was not issued today."""
    columns: dict[str, Any] = {"status": status}
    if key:
        columns |= {"number_year": key[0], "number_seq": key[1]}
        _keep_series_ahead(*key, given=item)
    if values.get("original_due"):
        columns["original_due"] = values["original_due"]
        columns["due"] = values.get("due") or values["original_due"]
        columns["extensions"] = int(columns["due"] > values["original_due"])
    if status not in (Status.DRAFT, Status.APPROVAL):
        columns["issued_on"] = values.get("issued_on") or values.get("source_date") or clock.today()
    if status == Status.CLOSED:
        original = columns.get("original_due") or item.original_due
        late = original is not None and values["closed_on"] > original
        columns |= {
            "closed_on": values["closed_on"],
            "closing_kind": ClosingKind.LATE if late else ClosingKind.ON_TIME,
        }
    ActionItem.objects.filter(pk=item.pk).update(**columns)
    item.refresh_from_db()


def _keep_series_ahead(year: int, seq: int, *, given: ActionItem) -> None:
    """A number taken from paper is never given out again, and the one allotted on the way is given back."""
    if given.number_year == clock.today().year:
        NumberSeries.objects.filter(kind="item", year=given.number_year, last=given.number_seq).update(
            last=F("last") - 1
        )
    NumberSeries.objects.get_or_create(kind="item", year=year)
    NumberSeries.objects.filter(kind="item", year=year, last__lt=seq).update(last=seq)
