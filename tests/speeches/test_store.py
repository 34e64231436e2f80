"""The storing transaction: undecided engine candidates are replaced, everything of people stays."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from speeches import store
from speeches.extraction import Extraction
from speeches.extraction.model import Figure, Found, Part, Reason, Role, Sentence
from speeches.models import Candidate, Speech
from tests.factories import CandidateFactory, SpeechFactory

BODY = "".join(f"第{n}项工作要在月底前完成。" for n in range(10, 30))


def found(start: int, end: int, title: str = "完成工作", **facts) -> Found:
    return Found(start=start, end=end, quote=BODY[start:end], title=title, **facts)


def save(speech: Speech, *tasks: Found, requirements=(), **more) -> bool:
    """A run of a worker that found these."""
    speech.requeue()
    speech.refresh_from_db()
    assert speech.claim(lease=timedelta(seconds=60))
    extraction = Extraction(body=BODY, tasks=tasks, requirements=requirements, **more)
    return store.save(speech, body=BODY, extraction=extraction, spoken_on=date(2026, 4, 10))


@pytest.fixture
def speech(db):
    return SpeechFactory(body=BODY)


def spans(speech: Speech) -> list[tuple[int, int, str]]:
    return [(c.start, c.end, c.status) for c in speech.candidates.order_by("start")]


def test_all_facts_of_a_candidate_are_stored(speech):
    facts = found(
        0, 14, section=("一、部署",), lead=("办公室",), co=("各科室",), due=date(2026, 4, 30), due_phrase="月底前",
        due_rule="会议当月最后一日", reckoned=True, figures=(Figure("12所", ">="),), reasons=(Reason("r1", "要字句", 1.5),),
    )  # fmt: skip
    save(speech, facts)
    candidate = speech.candidates.get()
    assert candidate.quote == BODY[0:14]
    assert (candidate.lead, candidate.supporting, candidate.section) == (["办公室"], ["各科室"], ["一、部署"])
    assert (candidate.due, candidate.due_rule, candidate.due_reckoned) == (
        date(2026, 4, 30),
        "会议当月最后一日",
        True,
    )
    assert candidate.figures == [{"text": "12所", "direction": ">="}]
    assert candidate.reasons == [{"rule": "r1", "phrase": "要字句", "weight": 1.5}]


def test_sentences_and_parts_are_stored_in_their_plain_form(speech):
    sentence = Sentence(0, 14, Role.TASK, ("一、部署",), directive=True)
    save(speech, sentences=(sentence,), parts=(Part("第一篇", 0, 140),))
    speech.refresh_from_db()
    assert speech.sentences == [[0, 14, "task", True, ["一、部署"]]]
    assert speech.parts == [["第一篇", 0, 140]]
    assert speech.engine_version == store.ENGINE_VERSION


def test_a_second_run_makes_no_duplicates_and_keeps_the_rows(speech):
    save(speech, found(0, 14), found(14, 28))
    before = set(speech.candidates.values_list("pk", flat=True))
    save(speech, found(0, 14, "新的名称"), found(14, 28))
    assert set(speech.candidates.values_list("pk", flat=True)) == before
    assert speech.candidates.first().title == "新的名称"


def test_an_undecided_candidate_that_is_not_found_again_goes(speech):
    save(speech, found(0, 14), found(14, 28))
    save(speech, found(14, 28), found(28, 42))
    assert [row[:2] for row in spans(speech)] == [(14, 28), (28, 42)]


@pytest.mark.parametrize("status", ["accepted", "edited", "merged", "rejected", "requirement"])
def test_a_decision_survives_a_run_that_finds_nothing(speech, status):
    CandidateFactory(speech=speech, start=0, end=14, status=status, decided_at=timezone.now(), title="人定的")
    save(speech)
    candidate = speech.candidates.get()
    assert (candidate.status, candidate.title) == (status, "人定的")


@pytest.mark.parametrize(
    ("start", "end"), [pytest.param(0, 14, id="same span"), pytest.param(0, 12, id="nearly the same span")]
)
def test_what_was_decided_is_not_offered_again(speech, start, end):
    CandidateFactory(speech=speech, start=0, end=14, status="rejected", decided_at=timezone.now())
    save(speech, found(start, end))
    assert spans(speech) == [(0, 14, "rejected")]


def test_a_neighbour_of_a_decided_one_is_offered(speech):
    CandidateFactory(speech=speech, start=0, end=14, status="rejected", decided_at=timezone.now())
    save(speech, found(14, 28))
    assert spans(speech) == [(0, 14, "rejected"), (14, 28, "pending")]


def test_a_candidate_added_by_hand_stays(speech):
    CandidateFactory(speech=speech, start=3, end=9, origin="hand")
    save(speech)
    assert [row[:2] for row in spans(speech)] == [(3, 9)]


def test_a_flag_stays_while_the_facts_are_refreshed(speech):
    CandidateFactory(speech=speech, start=0, end=14, status="flagged", title="旧")
    CandidateFactory(speech=speech, start=14, end=28, status="flagged")
    save(speech, found(0, 14, "新"))
    assert spans(speech) == [(0, 14, "flagged"), (14, 28, "flagged")]
    assert speech.candidates.first().title == "新"


def test_a_span_found_as_task_and_requirement_is_one_task(speech):
    save(speech, found(0, 14, "任务"), requirements=(found(0, 14, "要求"),))
    assert speech.candidates.get().is_requirement is False


def test_new_tasks_open_a_finished_review_again(speech):
    Speech.objects.filter(pk=speech.pk).update(reviewed_at=timezone.now())
    save(speech, found(0, 14))
    speech.refresh_from_db()
    assert speech.reviewed_at is None


def test_a_run_that_finds_nothing_new_leaves_the_review_finished(speech):
    CandidateFactory(speech=speech, start=0, end=14, status="accepted", decided_at=timezone.now())
    Speech.objects.filter(pk=speech.pk).update(reviewed_at=timezone.now())
    save(speech, found(0, 14))
    speech.refresh_from_db()
    assert speech.reviewed_at is not None


@pytest.mark.parametrize("rows", [4, 18])
def test_storing_takes_the_same_queries_whatever_was_found(speech, django_assert_num_queries, rows):
    save(speech, *(found(n * 14, n * 14 + 14) for n in range(rows)))
    with django_assert_num_queries(14):
        save(speech, *(found(n * 14, n * 14 + 13) for n in range(rows)))
    assert Candidate.objects.count() == rows
