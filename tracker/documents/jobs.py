"""Making one document: claim the row, freeze the snapshot, check its sums, fill the forms, store with the numbers.

Filling in takes seconds and happens outside any transaction, with marks where the numbers will stand. The numbers are
given out in the short transaction that stores the file: a failure leaves no gap, and two workers never share one.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from tracker.documents import making
from tracker.documents.contexts.meeting import MeetingFacts
from tracker.documents.doorbell import ring, send
from tracker.documents.figures import Snapshot
from tracker.documents.kinds import Form, Kind, Source
from tracker.documents.making import File, MeetingSnapshot
from tracker.documents.models import Document, DocumentNumber
from tracker.documents.refusals import Refused
from tracker.documents.rendering import fill_numbers, number_mark
from tracker.documents.shelf import template_of
from tracker.documents.taking import chosen_items, office_facts, take
from tracker.items.export import ledger_workbook
from tracker.items.models import NumberSeries
from tracker.items.reckoning import Reckoning
from tracker.meetings.agenda import agenda_of
from tracker.meetings.models import Meeting
from tracker.meetings.plain import to_plain
from tracker.meetings.report import snapshot as agenda_snapshot
from tracker.org.clock import now as clock
from tracker.org.clock import today
from tracker.org.models import Person

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
# A worker that dies on the same document this often in a row would die again.
MOST_INTERRUPTIONS = 3
# Up to this many items a document is made while the person waits.
AT_ONCE = 30
_AGAIN = "请点“重新生成”；若仍失败，请系统管理员查看日志（公文编号 {pk}）。"


class LostClaim(Exception):
    """Another worker holds the document now."""


def request_document(
    *, form: Form, parameters: Mapping[str, Any], by: Person, size: int | None = None
) -> Document:
    """Ask for a document. Up to `AT_ONCE` items it is made before this returns, else a worker makes it."""
    document = Document.objects.create(kind=form.kind, parameters=dict(parameters), requested_by=by)
    return start(document, size=size)


def start(document: Document, *, size: int | None = None) -> Document:
    """Make a queued document now if it is short, else tell a worker."""
    if (size if size is not None else size_of(document)) <= AT_ONCE:
        produce(document.pk)
        document.refresh_from_db()
    else:
        ring(document.pk)
    return document


def size_of(document: Document) -> int:
    """About how many items a document tells of."""
    if document.parameters.get("source") == Source.MEETING:
        return 0
    return chosen_items(document.parameters)[0].count()


def produce(pk: int) -> str:
    """Make one document if it is free. Returns what became of it, for the worker's log."""
    document = Document.objects.filter(pk=pk).first()
    if document is None or not document.claim(lease=LEASE):
        return "not free"
    try:
        if document.interruptions >= MOST_INTERRUPTIONS:
            raise Refused("生成时多次意外中断。", _AGAIN.format(pk=pk))
        _produce(document)
    except LostClaim:
        logger.info("document %s: another worker took over attempt %s", pk, document.attempt)
        return "lost"
    except Refused as error:
        logger.info("document %s: %s %s", pk, error.code, error)
        document.fail(code=error.code, message=str(error), advice=error.advice)
        return error.code
    except SoftTimeLimitExceeded:
        logger.exception("document %s: took too long", pk)
        document.fail(code="timeout", message="生成时间过长，已中止。", advice="请缩小范围，分几次生成。")
        return "timeout"
    except Exception:
        logger.exception("document %s: unexpected error", pk)
        document.fail(code="unexpected", message="生成时出现意外错误。", advice=_AGAIN.format(pk=pk))
        return "unexpected"
    return "done"


def sweep() -> int:
    """Ring again for every document that waits unheard; clear away what has expired. Returns how many were rung for."""
    clear_expired()
    stale = list(Document.objects.stale().order_by("queued_at").values_list("pk", flat=True))
    for pk in stale:
        send(pk, expires=settings.CELERY_BEAT_SCHEDULE["sweep-documents"]["schedule"])
    return len(stale)


def clear_expired() -> int:
    """Delete the files whose time is over; rows, snapshots and numbers stay. Returns how many."""
    expired = list(Document.objects.expired()[:200])
    for document in expired:
        _delete_files(document)
        Document.objects.filter(pk=document.pk).update(file="", annex="")
    return len(expired)


def _delete_files(document: Document) -> None:
    for name in (document.file.name, document.annex.name):
        if name:
            default_storage.delete(name)


# -- the work ----------------------------------------------------------------------------------------------------
def _produce(document: Document) -> None:
    form = document.form
    if form.kind == Kind.LEDGER:
        _store(document, form, _ledger(document), given=[])
        return
    if not document.snapshot:
        _freeze(document)
    snapshot = making.revive(form, document.snapshot)
    agreed = making.check(snapshot)
    given = [number.text for number in document.numbers.order_by("place")] or _given_number(document, form)
    numbers = given or [number_mark(place) for place in range(making.how_many_numbers(form, snapshot))]
    made = making.make(
        form,
        snapshot,
        template=template_of(form),
        numbers=numbers,
        options=document.parameters.get("options", {}),
        progress=lambda done, total: _advance(document, done, total),
    )
    made = making.Made(made.file, made.annex, (*agreed, *made.agreed))
    _store(document, form, made, given=given, items=_items_of(form, snapshot))


def _given_number(document: Document, form: Form) -> list[str]:
    """The number of a paper that was numbered elsewhere in the product: none is given out for it."""
    options = document.parameters.get("options", {})
    if form.series is None or not options.get("number"):
        return []
    prefix, colour = office_facts().prefix, str(options.get("colour", ""))
    return [form.series.given(str(options["number"]), prefix=prefix, colour=colour)]


def _freeze(document: Document) -> None:
    """Take the snapshot once; whatever is printed later, and again, comes from it."""
    taken: dict[str, Any]
    if document.parameters.get("source") == Source.MEETING:
        taken, taken_at = _meeting_snapshot(document)
    else:
        snapshot = take(document)
        taken, taken_at = snapshot.plain(), snapshot.taken_at
    if not document.keep(lease=LEASE, snapshot=taken, taken_at=taken_at):
        raise LostClaim
    document.snapshot = taken


def _meeting_snapshot(document: Document) -> tuple[dict[str, Any], Any]:
    meeting = Meeting.objects.filter(pk=document.parameters["meeting"]).first()
    if meeting is None:
        raise Refused("所选例会已不存在。", "请重新选择例会。")
    if document.kind == Kind.MINUTES and not meeting.is_closed:
        raise Refused("会议纪要须在例会定稿后生成。", "请先在例会页面点“定稿”。")
    agenda = agenda_of(meeting, whole=document.kind == Kind.REPORT)
    facts = MeetingFacts(
        title=meeting.title,
        number=meeting.number,
        held_at=meeting.held_at,
        today=today(),
        office=office_facts(),
        place=meeting.place,
        closed=meeting.is_closed,
        notes=tuple(meeting.notes.values_list("text", flat=True)),
    )
    return {"meeting": to_plain(facts), "agenda": agenda_snapshot(agenda)}, agenda.taken_at


def _items_of(form: Form, snapshot: Snapshot | MeetingSnapshot) -> list[int | None]:
    if form.one_each and isinstance(snapshot, Snapshot):
        return [line.item_id for line in snapshot.lines]
    return [None]


def _ledger(document: Document) -> making.Made:
    """督办台账: the ledger's own sheet. It is a list, not a report, so nothing is frozen."""
    now, at = Reckoning.now(), clock()
    items, scope = chosen_items(document.parameters)
    rows = list(items.with_light(now).with_latest_feedback().for_rows().in_office_order())
    stamp = timezone.localtime(at)
    said = f"{scope}　共 {len(rows)} 件　数据截至 {stamp:%Y年%-m月%-d日 %-H:%M}"
    office = office_facts().name
    content = ledger_workbook(items=rows, now=now, office_name=office, scope=said)
    Document.objects.filter(pk=document.pk).update(taken_at=at)
    return making.Made(File(f"督办台账{stamp:%Y%m%d}.xlsx", content), agreed=(f"逐件列出，共{len(rows)}件",))


def _advance(document: Document, done: int, total: int) -> None:
    if not document.advance(done, total, lease=LEASE):
        raise LostClaim


# -- storing -----------------------------------------------------------------------------------------------------
def _store(
    document: Document,
    form: Form,
    made: making.Made,
    *,
    given: list[str],
    items: list[int | None] | None = None,
) -> None:
    """Numbers, file and row in one transaction. The files of an attempt that fails here are taken away again."""
    saved: list[str] = []
    before = [name for name in (document.file.name, document.annex.name) if name]
    try:
        with transaction.atomic():
            if not document.keep(lease=LEASE):
                raise LostClaim
            texts = dict(enumerate(given or _allot(document, form, items or [])))
            fields = _save(document, made.file, texts, "file", saved)
            if made.annex is not None:
                fields |= _save(document, made.annex, texts, "annex", saved)
            keep_for = timedelta(days=settings.DOCUMENT_KEEP_DAYS)
            done = document.finish(
                **fields,
                title=fields["file_name"].rpartition(".")[0][:200],
                agreed=list(made.agreed),
                expires_at=timezone.now() + keep_for,
            )
            if not done:
                raise LostClaim
    except BaseException:
        for name in saved:
            default_storage.delete(name)
        raise
    for name in before:
        default_storage.delete(name)


def _allot(document: Document, form: Form, items: list[int | None]) -> list[str]:
    """Give out one number for each sheet. Inside the storing transaction: no gaps, no doubles."""
    if form.series is None:
        return []
    year, prefix, texts = today().year, office_facts().prefix, []
    for place, item in enumerate(items):
        seq = NumberSeries.allot(kind=form.series.register, year=year)
        text = form.series.text(prefix=prefix, year=year, seq=seq)
        DocumentNumber.objects.create(
            document=document, series=form.series, year=year, seq=seq, text=text, place=place, item_id=item
        )
        texts.append(text)
    return texts


def _save(
    document: Document, file: File, texts: dict[int, str], field: str, saved: list[str]
) -> dict[str, str]:
    name = _filled(file.name, texts)
    content = file.content
    if texts and name.endswith((".docx", ".zip")):
        content = fill_numbers(content, texts)
    extension = name.rpartition(".")[2]
    path = default_storage.save(
        f"documents/{document.pk}/{document.attempt}-{field}.{extension}", ContentFile(content)
    )
    saved.append(path)
    return {field: path, f"{field}_name": name}


def _filled(name: str, texts: dict[int, str]) -> str:
    for place, text in texts.items():
        name = name.replace(number_mark(place), text)
    return "".join("＿" if sign in '\\/:*?"<>|\n' else sign for sign in name)[-180:]
