"""Extraction of one speech: claim, progress, storing, failing. The reader and the engine are the real ones."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from speeches import jobs
from speeches.intake import Details, take_in, take_in_text
from speeches.models import Candidate, Speech
from tests.speeches.texts import SHORT


@pytest.fixture
def speech(officer, wednesday):
    return take_in_text(SHORT, by=officer).speech


def test_a_waiting_speech_becomes_candidates_that_point_at_its_body(speech):
    assert jobs.extract_speech(speech.pk) == "done"
    speech.refresh_from_db()
    candidates = list(speech.candidates.tasks())
    assert speech.state == "done"
    assert any("校舍安全排查" in candidate.quote for candidate in candidates)
    assert all(c.quote == speech.body[c.start : c.end] for c in candidates)
    assert [s[:2] for s in speech.sentences] == sorted(s[:2] for s in speech.sentences)


def test_what_the_text_says_of_itself_is_proposed(speech):
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    assert speech.title == "在全区校舍安全工作推进会上的讲话"
    assert speech.held_on == date(2026, 4, 10)
    assert speech.kind == "speech"


def test_what_a_person_typed_is_never_overwritten(officer):
    typed = Details(title="我的标题", held_on=date(2026, 3, 1), kind="document")
    speech = take_in_text(SHORT, by=officer, details=typed).speech
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    assert (speech.title, speech.held_on, speech.kind) == ("我的标题", date(2026, 3, 1), "document")
    assert speech.counted_from == date(2026, 3, 1)


def test_details_typed_while_the_worker_reads_are_kept(speech, monkeypatch):
    real = jobs.extract

    def meanwhile(*args, **kwargs):
        Speech.objects.filter(pk=speech.pk).update(title="刚刚填写的标题")
        return real(*args, **kwargs)

    monkeypatch.setattr(jobs, "extract", meanwhile)
    jobs.extract_speech(speech.pk)
    assert Speech.objects.get().title == "刚刚填写的标题"


def test_without_any_date_deadlines_count_from_the_upload_day(officer, wednesday):
    speech = take_in_text("各科室要在本月底前完成校舍排查，报办公室汇总。" * 3, by=officer).speech
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    assert speech.held_on is None
    assert speech.counted_from == date(2026, 4, 15)


def test_progress_tells_what_each_stage_found(speech):
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    assert set(speech.progress) == {"read", "clean", "split", "extract"}
    assert "任务" in speech.progress["extract"]


def test_a_speech_is_claimed_once(speech):
    assert speech.claim(lease=timedelta(seconds=60))
    assert jobs.extract_speech(speech.pk) == "not free"
    assert not Candidate.objects.exists()


def test_of_two_that_loaded_the_same_waiting_row_one_wins(speech):
    other = Speech.objects.get(pk=speech.pk)
    assert speech.claim(lease=timedelta(seconds=60))
    assert not other.claim(lease=timedelta(seconds=60))


def test_a_worker_that_fell_silent_loses_its_claim_and_writes_nothing(speech, monkeypatch):
    real = jobs.extract

    def overtaken(*args, **kwargs):
        Speech.objects.filter(pk=speech.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert Speech.objects.get().claim(lease=timedelta(seconds=60))
        return real(*args, **kwargs)

    monkeypatch.setattr(jobs, "extract", overtaken)
    assert jobs.extract_speech(speech.pk) == "lost"
    speech.refresh_from_db()
    assert (speech.state, speech.attempt, speech.body) == ("working", 2, "")
    assert not Candidate.objects.exists()


def test_a_claim_lost_just_before_storing_rolls_everything_back(speech, monkeypatch):
    monkeypatch.setattr(Speech, "finish", lambda self, **_: False)
    assert jobs.extract_speech(speech.pk) == "lost"
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        pytest.param("空白.txt", b" \n ", "empty", id="nothing but blanks"),
        pytest.param("讲话.docx", b"MZ\x90\x00" + b"\x00" * 200, "program", id="renamed exe"),
        pytest.param("讲话.docx", b"PK\x03\x04broken", "damaged", id="broken docx"),
    ],
)
def test_an_unreadable_file_fails_with_reason_and_advice(officer, name, data, code):
    from django.core.files.base import ContentFile

    speech = take_in(ContentFile(data), name=name, by=officer).speech
    assert jobs.extract_speech(speech.pk) == code
    speech.refresh_from_db()
    assert speech.state == "failed"
    assert speech.error_message
    assert speech.error_advice


def test_a_lost_file_fails_with_advice(speech):
    speech.file.storage.delete(speech.file.name)
    assert jobs.extract_speech(speech.pk) == "missing"


def test_an_unexpected_error_is_logged_and_leaves_the_data_consistent(speech, monkeypatch, caplog):
    def burst(*args, **kwargs):
        raise ZeroDivisionError("bug")

    monkeypatch.setattr(jobs, "extract", burst)
    assert jobs.extract_speech(speech.pk) == "unexpected"
    speech.refresh_from_db()
    assert (speech.state, speech.body, speech.lease_until) == ("failed", "", None)
    assert "ZeroDivisionError" in caplog.text


def test_a_failed_speech_succeeds_when_tried_again(speech, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "extract", lambda *_, **__: 1 / 0)
        jobs.extract_speech(speech.pk)
    speech.requeue()
    assert jobs.extract_speech(speech.pk) == "done"
    assert Speech.objects.get().error_message == ""


def test_a_file_that_kills_its_workers_is_given_up(speech):
    for _ in range(jobs.MOST_INTERRUPTIONS + 1):
        assert Speech.objects.get().claim(lease=timedelta(seconds=-1))
    assert jobs.extract_speech(speech.pk) == "interrupted"
    assert Speech.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("fields", "is_sent"),
    [
        pytest.param({"state": "queued", "queued_at": -60}, True, id="waits unheard"),
        pytest.param({"state": "queued", "queued_at": -1}, False, id="just rung for"),
        pytest.param({"state": "working", "lease_until": -1}, True, id="worker silent"),
        pytest.param({"state": "working", "lease_until": 30}, False, id="worker at it"),
        pytest.param({"state": "done"}, False, id="done"),
    ],
)
def test_the_sweep_rings_again_for_what_nobody_works_on(speech, monkeypatch, fields, is_sent):
    sent = []
    monkeypatch.setattr(jobs, "send", lambda pk, **_: sent.append(pk))
    times = {k: timezone.now() + timedelta(seconds=v) for k, v in fields.items() if isinstance(v, int)}
    Speech.objects.filter(pk=speech.pk).update(**{**fields, **times})
    jobs.sweep()
    assert sent == ([speech.pk] if is_sent else [])


def test_a_changed_meeting_date_moves_the_open_deadlines_when_extracted_again(speech):
    jobs.extract_speech(speech.pk)
    Speech.objects.filter(pk=speech.pk).update(held_on=date(2025, 4, 10))
    speech.refresh_from_db()
    assert speech.date_has_moved
    speech.requeue()
    jobs.extract_speech(speech.pk)
    speech.refresh_from_db()
    assert not speech.date_has_moved
    years = {c.due.year for c in speech.candidates.all() if c.due}
    assert years == {2025}


def test_the_body_is_written_once(speech):
    jobs.extract_speech(speech.pk)
    Speech.objects.filter(pk=speech.pk).update(body="办公室要在5月底前完成清单。")
    speech.refresh_from_db()
    speech.requeue()
    # The file still holds the long text; the stored body is what spans stand on.
    with time_machine.travel("2026-04-16T09:00:00+08:00"):
        jobs.extract_speech(speech.pk)
    assert Speech.objects.get().body == "办公室要在5月底前完成清单。"
