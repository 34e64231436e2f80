"""The way in: an uploaded file or a pasted text becomes a speech that waits for extraction.

The database row is the job; ringing the broker only makes it start sooner.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction

from speeches.doorbell import ring
from speeches.models import Speech
from tracker.org.models import Person

logger = logging.getLogger(__name__)

# Stored names keep a suffix only where we know it, so that no server between us and a browser gets ideas.
_SUFFIXES = (".docx", ".txt", ".pdf", ".doc", ".wps", ".htm", ".html")
PASTED = "粘贴的文字.txt"


@dataclass(frozen=True, slots=True)
class Details:
    """What the person who uploads says of the text. Blank fields are proposed from the text later."""

    title: str = ""
    speaker: str = ""
    meeting: str = ""
    held_on: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """The speech that now holds the text. `is_new` is False when the same bytes had been handed in before."""

    speech: Speech
    is_new: bool


def take_in(file: File[Any], *, name: str, by: Person, details: Details | None = None) -> Intake:
    """Keep a file and its row, and ring for a worker. The same bytes a second time give the first speech."""
    digest = _sha256(file)
    first = Speech.objects.filter(sha256=digest).first()
    if first is not None:
        _heal(first, file)
        return Intake(first, is_new=False)
    details = details or Details()
    speech = Speech(
        title=details.title,
        speaker=details.speaker,
        meeting=details.meeting,
        held_on=details.held_on,
        kind=details.kind,
        file_name=PurePath(name).name[-200:] or "未命名",
        sha256=digest,
        uploaded_by=by,
    )
    return _keep(speech, file)


def take_in_text(text: str, *, by: Person, details: Details | None = None) -> Intake:
    """The same for a pasted text; it is kept as a file too, so that there is one way to read."""
    return take_in(ContentFile(text.encode()), name=PASTED, by=by, details=details)


def retry(speech: Speech) -> bool:
    """重试 or 重新提取: put a finished speech into the queue again; False when it is there already."""
    with transaction.atomic():
        queued = speech.requeue()
        if queued:
            ring(speech.pk)
    return queued


def _keep(speech: Speech, file: File[Any]) -> Intake:
    """File first and row second: a crash between leaves an unused file, never a row without its text."""
    try:
        with transaction.atomic():
            speech.file.save(_stored_name(speech), file, save=False)
            speech.save(force_insert=True)
            ring(speech.pk)
    except BaseException as error:
        if speech.file.name:
            speech.file.storage.delete(speech.file.name)
        # Two people sent the same bytes at the same moment: the unique hash let one in.
        first = (
            Speech.objects.filter(sha256=speech.sha256).first() if isinstance(error, IntegrityError) else None
        )
        if first is None:
            raise
        return Intake(first, is_new=False)
    logger.info("speech %s: took in %s, %s bytes", speech.pk, speech.file_name, file.size)
    return Intake(speech, is_new=True)


def _heal(speech: Speech, file: File[Any]) -> None:
    """Put the file back if it was lost from the disk: sending it again is what the failure box advises."""
    if not speech.file.storage.exists(speech.file.name):
        speech.file.save(_stored_name(speech), file, save=False)
        Speech.objects.filter(pk=speech.pk).update(file=speech.file.name)
        retry(speech)


def _stored_name(speech: Speech) -> str:
    suffix = PurePath(speech.file_name).suffix.lower()
    return speech.sha256[:24] + (suffix if suffix in _SUFFIXES else ".bin")


def _sha256(file: File[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
