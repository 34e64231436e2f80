"""What the workers do with an import or an export: claim the row, work in batches, show how far."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.utils import timezone
from openpyxl import Workbook

from tracker.exchange.applying import write
from tracker.exchange.history import events_of, history_workbook
from tracker.exchange.models import KEPT, ExportJob, ImportJob
from tracker.exchange.planning import Outcome, Planner, RowPlan
from tracker.exchange.sheet import SheetUnreadable, marks_of, rows_of
from tracker.items.export import ledger_workbook, safe_text
from tracker.items.listing import Listing
from tracker.items.models import Event
from tracker.org.clock import today
from tracker.org.doorbell import send_id
from tracker.org.leasing import MOST_INTERRUPTIONS, LeasedJob, LostClaim
from tracker.org.models import Office

logger = logging.getLogger(__name__)
_T = TypeVar("_T")

IMPORT = "tracker.exchange.celery_tasks.run_import"
EXPORT = "tracker.exchange.celery_tasks.run_export"
LEASE = timedelta(seconds=120)
_SAMPLES = 50
_UNEXPECTED = "处理时出现意外错误，已停止；已写入的行有记录。请系统管理员查看日志（编号 {pk}）。"


def run_import(pk: int) -> str:
    """Check or write one import, if nobody else does. Returns what became of it, for the worker's log."""
    return _run(ImportJob, pk, _import)


def run_export(pk: int) -> str:
    """Make one export, if nobody else does."""
    return _run(ExportJob, pk, _export)


def _run(model, pk, work) -> str:  # type: ignore[no-untyped-def]  # one shape for both kinds of job
    job = model.objects.filter(pk=pk).first()
    if job is None or not job.claim(lease=LEASE):
        return "not free"
    try:
        if job.interruptions >= MOST_INTERRUPTIONS:
            raise SheetUnreadable("处理时多次意外中断，请把文件分成几份再试。")
        work(job)
    except LostClaim:
        return "lost"
    except SheetUnreadable as error:
        _fail(job, str(error))
        return "refused"
    except Exception:
        logger.exception("%s %s: unexpected error", model.__name__, pk)
        _fail(job, _UNEXPECTED.format(pk=pk))
        return "unexpected"
    return "done"


def _fail(job: LeasedJob, message: str) -> None:
    try:
        job.finish(job.State.FAILED, error_message=message[:300])
    except LostClaim:
        logger.info("%s: another worker took over", job.pk)


def _import(job: ImportJob) -> None:
    with job.file.open("rb") as file:
        data = file.read()
    writing = job.phase == ImportJob.Phase.WRITE
    planner = Planner.now(
        mapping={int(place): key for place, key in job.mapping.items()}, marks=marks_of(data), today=today()
    )
    counts, samples = Counter(job.counts if job.done else {}), dict(job.samples) if job.done else {}
    refused: list[RowPlan] = []
    done = 0
    for batch in planner.plan(rows_of(data, sheet=job.table["sheet"], at=job.table["at"])):
        # A write that was interrupted goes on behind the last batch it finished; refused rows are told again.
        fresh = done >= job.done or not writing
        if writing and fresh:
            write(batch, by=job.by)
        if fresh:
            counts.update(plan.outcome for plan in batch)
            _keep_samples(samples, batch)
        refused += [plan for plan in batch if plan.outcome == Outcome.REFUSED]
        done += len(batch)
        if fresh:
            job.keep(
                done=done,
                total=job.table["rows"],
                counts=dict(counts),
                samples=samples,
                lease_until=timezone.now() + LEASE,
            )
    _finish_import(job, refused, data)


def _finish_import(job: ImportJob, refused: list[RowPlan], data: bytes) -> None:
    state = job.State.DONE if job.phase == ImportJob.Phase.WRITE else job.State.WAITING
    name = ""
    if refused:
        content = refused_workbook(job, refused)
        name = default_storage.save(f"exchange/{today():%Y/%m}/refused-{job.pk}.xlsx", ContentFile(content))
    job.finish(state, refused=name)


def _keep_samples(samples: dict[str, list[dict[str, object]]], batch: list[RowPlan]) -> None:
    for plan in batch:
        kept = samples.setdefault(plan.outcome, [])
        if len(kept) < _SAMPLES and (plan.outcome != Outcome.SAME or plan.notes):
            kept.append({
                "line": plan.line, "number": plan.item.number if plan.item else plan.number, "title": plan.title,
                "changes": plan.changes, "reasons": plan.reasons, "notes": plan.notes,
            })  # fmt: skip


def refused_workbook(job: ImportJob, refused: list[RowPlan]) -> bytes:
    """The refused rows as they came, with a column of reasons: put right, this file can be imported again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("未导入的行")
    headings = job.table["headings"]
    places = [heading["place"] for heading in headings]
    sheet.append(["原因", *(safe_text(sheet, heading["words"]) for heading in headings)])
    for plan in refused:
        cells = [plan.cells[place] if place < len(plan.cells) else None for place in places]
        sheet.append([safe_text(sheet, "；".join(plan.reasons)), *(safe_text(sheet, cell) for cell in cells)])
    sheet_bytes = BytesIO()
    book.save(sheet_bytes)
    return sheet_bytes.getvalue()


def _export(job: ExportJob) -> None:
    listing = Listing(job.by, QueryDict(job.query))
    stamp = timezone.localtime()
    if job.what == ExportJob.What.HISTORY:
        _export_history(job, listing, stamp)
        return
    rows, total = listing.rows, listing.total
    scope = f"{listing.tab.label}　共 {total} 件　数据截至 {stamp:%Y年%-m月%-d日 %-H:%M}"
    content = ledger_workbook(
        items=_counted(job, rows.iterator(chunk_size=500), total), now=listing.now, office_name=Office.current().name, scope=scope,
        **({"keys": job.columns} if job.columns else {}),
    )  # fmt: skip
    name = f"督办台账（{listing.tab.label}）{stamp:%Y%m%d}.xlsx"
    stored = default_storage.save(f"exchange/{today():%Y/%m}/export-{job.pk}.xlsx", ContentFile(content))
    job.finish(file=stored, file_name=name, done=total, total=total)


def _export_history(job: ExportJob, listing: Listing, stamp: datetime) -> None:
    total = Event.objects.filter(item__in=listing.items.values("pk")).count()
    title = f"{Office.current().name}督办事项办理过程（{listing.tab.label}）　数据截至 {stamp:%Y年%-m月%-d日 %-H:%M}"
    content = history_workbook(_counted(job, events_of(listing.items), total), title=title)
    stored = default_storage.save(f"exchange/{today():%Y/%m}/history-{job.pk}.xlsx", ContentFile(content))
    name = f"办理过程（{listing.tab.label}）{stamp:%Y%m%d}.xlsx"
    job.finish(file=stored, file_name=name, done=total, total=total)


def _counted(job: ExportJob, items: Iterator[_T], total: int) -> Iterator[_T]:
    for number, item in enumerate(items):
        if number % 500 == 0:
            job.advance(number, total, lease=LEASE)
        yield item


def sweep() -> int:
    """Ring again for what waits unheard; clear away old files. Returns how many were rung for."""
    expires = settings.CELERY_BEAT_SCHEDULE["sweep-exchange"]["schedule"]
    rung = 0
    for model, task in ((ImportJob, IMPORT), (ExportJob, EXPORT)):
        for pk in list(model.stale().values_list("pk", flat=True)):
            send_id(task, pk, expires=expires)
            rung += 1
    _clear_old()
    return rung


def _clear_old() -> None:
    for model, names in ((ImportJob, ("file", "refused")), (ExportJob, ("file",))):
        old = model.objects.filter(at__lt=timezone.now() - KEPT).exclude(file="")[:100]
        for job in old:
            for name in names:
                stored = getattr(job, name).name
                if stored:
                    default_storage.delete(stored)
            model.objects.filter(pk=job.pk).update(**dict.fromkeys(names, ""))
