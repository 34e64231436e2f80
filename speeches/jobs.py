"""Extraction of one speech: claim the row, read and extract outside any transaction, store in one short one.

The row's lease says that somebody works on it. A worker that loses its claim (it was silent for too long, another took
over) stops without a word; whoever holds the claim writes.
"""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from speeches import store
from speeches.directory import current_directory
from speeches.doorbell import send
from speeches.extraction import Extraction, extract
from speeches.heartbeat import heartbeat
from speeches.models import Speech
from speeches.reading import Metadata, UnreadableFile, read_document

logger = logging.getLogger(__name__)

Stage = Speech.Stage
# A worker that dies on the same speech this often in a row would die again.
MOST_INTERRUPTIONS = 3
ASK_ADMIN = "请点“重试”；若仍失败，可先手工登记事项，并请系统管理员查看日志（讲话编号 {pk}）。"


class LostClaim(Exception):
    """Another worker holds the speech now."""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is to be stored. `meta` is None when the body was stored by an earlier run and not read again."""

    body: str
    spoken_on: date
    extraction: Extraction
    meta: Metadata | None = None
    notes: tuple[str, ...] = ()


def extract_speech(pk: int) -> str:
    """Extract one speech if it is free. Returns its state afterwards, for the worker's log."""
    speech = Speech.objects.filter(pk=pk).first()
    if speech is None or not speech.claim(lease=_lease()):
        return "not free"
    try:
        if speech.interruptions >= MOST_INTERRUPTIONS:
            raise UnreadableFile("interrupted", "处理时多次意外中断。", ASK_ADMIN.format(pk=pk))
        with heartbeat(lambda: speech.renew(lease=_lease()), every=_lease().total_seconds() / 3):
            draft = _draft(speech)
        _save(speech, draft)
    except LostClaim:
        logger.info("speech %s: another worker took over attempt %s", pk, speech.attempt)
        return "lost"
    except UnreadableFile as error:
        logger.info("speech %s: %s %s", pk, error.code, error.message)
        speech.fail(code=error.code, message=error.message, advice=error.advice)
        return error.code
    except SoftTimeLimitExceeded:
        logger.exception("speech %s: took too long", pk)
        speech.fail(
            code="timeout", message="处理时间过长，已中止。", advice="可把文件分成几份上传，或点“重试”。"
        )
        return "timeout"
    except Exception:
        logger.exception("speech %s: unexpected error", pk)
        speech.fail(code="unexpected", message="处理时出现意外错误。", advice=ASK_ADMIN.format(pk=pk))
        return "unexpected"
    logger.info("speech %s: done, %s characters", pk, len(draft.body))
    return "done"


def sweep() -> int:
    """Ring again for every speech that waits unheard or whose worker fell silent. Returns how many."""
    stale = list(Speech.objects.stale().order_by("queued_at").values_list("pk", flat=True))
    for pk in stale:
        # The next sweep rings again: what no worker has heard until then may as well be forgotten.
        send(pk, expires=settings.CELERY_BEAT_SCHEDULE["sweep-speeches"]["schedule"])
    return len(stale)


def _draft(speech: Speech) -> Draft:
    """The pure part: nothing is written but progress."""
    # The body is written once: every span and every decision stands on it.
    body, meta = speech.body, None
    notes: tuple[str, ...] = ()
    if not body:
        _advance(speech, Stage.READ)
        data = _bytes(speech)
        _advance(speech, Stage.CLEAN, found=f"{len(data):,} 字节")
        reading = read_document(data, name=speech.file_name)
        body, meta, notes = reading.body, reading.meta, reading.notes
    _advance(speech, Stage.SPLIT, found=f"正文 {len(body):,} 字")
    spoken_on = speech.held_on or (meta and meta.held_on) or speech.counts_from
    directory = current_directory()
    _advance(speech, Stage.EXTRACT, found=f"{body.count(chr(10)) + 1:,} 段")
    extraction = extract(body, spoken_on=spoken_on, directory=directory)
    found = f"{len(extraction.sentences):,} 句，任务 {len(extraction.tasks)} 条，一般要求 {len(extraction.requirements)} 条"
    _advance(speech, Stage.STORE, found=found)
    return Draft(body=body, spoken_on=spoken_on, extraction=extraction, meta=meta, notes=notes)


def _save(speech: Speech, draft: Draft) -> None:
    stored = store.save(
        speech,
        body=draft.body,
        extraction=draft.extraction,
        spoken_on=draft.spoken_on,
        meta=draft.meta,
        notes=draft.notes,
    )
    if not stored:
        raise LostClaim


def _bytes(speech: Speech) -> bytes:
    try:
        with speech.file.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise UnreadableFile(
            "missing", "存放的原文件找不到了。", "请把原文件再上传一次，系统会接着处理。"
        ) from error


def _advance(speech: Speech, stage: Speech.Stage, *, found: str = "") -> None:
    if not speech.advance(stage, lease=_lease(), found=found):
        raise LostClaim


def _lease() -> timedelta:
    return timedelta(seconds=settings.SPEECH_LEASE_SECONDS)
