"""Taking files in: row and file together, one row per text."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError

from speeches import doorbell, intake
from speeches.intake import Details, take_in, take_in_text
from speeches.models import Speech
from tests.factories import SpeechFactory


@pytest.fixture
def rung(monkeypatch):
    """The ids sent to the workers."""
    sent = []
    monkeypatch.setattr(doorbell, "send", lambda pk, **_: sent.append(pk) or True)
    return sent


def test_a_file_becomes_a_waiting_speech_with_its_bytes(officer):
    taken = take_in(ContentFile("讲话".encode()), name="C:\\文稿\\讲话.txt", by=officer)
    speech = Speech.objects.get()
    assert taken.is_new
    assert (speech.state, speech.uploaded_by) == ("queued", officer)
    assert speech.file.read() == "讲话".encode()
    assert speech.file.name.endswith(f"{speech.sha256[:24]}.txt")


def test_what_the_person_says_is_kept(officer):
    take_in_text("讲话", by=officer, details=Details(title="校舍讲话", kind="minutes"))
    speech = Speech.objects.get()
    assert (speech.title, speech.kind, speech.speaker) == ("校舍讲话", "minutes", "")


def test_a_second_upload_opens_the_first_speech(officer, second_officer):
    first = take_in_text("同样的文字", by=officer)
    second = take_in(ContentFile("同样的文字".encode()), name="另一个名字.txt", by=second_officer)
    assert second.speech == first.speech
    assert not second.is_new
    assert Speech.objects.get().uploaded_by == officer


def test_two_uploads_of_one_text_at_the_same_moment_make_one_speech(officer, monkeypatch, settings):
    first = take_in_text("同样的文字", by=officer).speech
    # The second looked for the hash before the first was stored.
    finds = iter([Speech.objects.none(), Speech.objects.filter(pk=first.pk)])
    monkeypatch.setattr(Speech.objects, "filter", lambda **_: next(finds))
    second = take_in_text("同样的文字", by=officer)
    assert second.speech == first
    assert not second.is_new
    assert len(_files(settings)) == 1


def test_no_file_stays_behind_when_the_row_cannot_be_written(officer, monkeypatch, settings):
    def refuse(*_, **__):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Speech, "save", refuse)
    with pytest.raises(DatabaseError):
        take_in_text("讲话", by=officer)
    assert _files(settings) == []


def test_a_worker_is_rung_for_only_after_the_commit(officer, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        speech = take_in_text("讲话", by=officer).speech
        assert rung == []
    assert rung == [speech.pk]


def test_a_file_lost_from_the_disk_comes_back_with_the_next_upload(officer):
    speech = take_in_text("讲话", by=officer).speech
    Path(speech.file.path).unlink()
    Speech.objects.update(state="failed", error_message="原文件找不到了。")
    again = take_in_text("讲话", by=officer)
    speech.refresh_from_db()
    assert not again.is_new
    assert speech.state == "queued"
    assert speech.file.read() == "讲话".encode()


@pytest.mark.parametrize(
    ("state", "queued"),
    [("failed", True), ("done", True), ("queued", False), ("working", False)],
)
def test_retry_queues_only_what_is_finished(db, rung, django_capture_on_commit_callbacks, state, queued):
    speech = SpeechFactory(state=state, error_message="坏了", lease_until="2026-04-15T10:00+08:00")
    with django_capture_on_commit_callbacks(execute=True):
        assert intake.retry(speech) is queued
    assert rung == ([speech.pk] if queued else [])


def test_a_broker_that_is_down_is_no_error(settings, tmp_path):
    from celery import current_app

    down = f"redis+socket://{tmp_path / 'nobody.sock'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current_app.conf, "broker_url", down)
        patch.setattr(current_app.conf, "broker_write_url", down)
        assert doorbell.send(1) is False


def _files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
