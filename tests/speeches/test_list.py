"""The list of speeches."""

import pytest
from django.utils import timezone

from speeches.board import Board
from speeches.models import Speech
from tests.factories import CandidateFactory, SpeechFactory

URL = "/speeches/"


def text(page) -> str:
    return page.content.decode()


def test_an_empty_list_says_what_to_do(as_officer):
    assert "上传第一份讲话" in text(as_officer.get(URL))


def test_a_row_says_how_much_is_decided(as_officer):
    speech = SpeechFactory()
    CandidateFactory.create_batch(2, speech=speech)
    CandidateFactory(speech=speech, status="flagged")
    CandidateFactory(speech=speech, status="accepted", decided_at=timezone.now())
    CandidateFactory(speech=speech, is_requirement=True)
    assert "1／4" in text(as_officer.get(URL))


@pytest.mark.parametrize(
    ("fields", "says", "view"),
    [
        pytest.param({"state": "queued"}, ">待处理<", "working", id="queued"),
        pytest.param(
            {"state": "working", "lease_until": timezone.now()}, ">提取中<", "working", id="working"
        ),
        pytest.param({"state": "failed", "error_message": "坏"}, ">失败<", "failed", id="failed"),
        pytest.param({"state": "done"}, 'soon">待核对<', "review", id="done"),
        pytest.param(
            {"state": "done", "reviewed_at": timezone.now()}, 'ok">核对完毕<', "reviewed", id="reviewed"
        ),
    ],
)
def test_each_state_has_its_word_and_its_tab(as_officer, fields, says, view):
    SpeechFactory(title="校舍讲话", **fields)
    assert says in text(as_officer.get(URL))
    for tab in ("review", "reviewed", "working", "failed"):
        assert ("校舍讲话" in text(as_officer.get(URL, {"view": tab}))) is (tab == view)


def test_tab_counts_equal_their_lists(as_officer):
    SpeechFactory.create_batch(3)
    SpeechFactory(state="queued")
    page = as_officer.get(URL, {"view": "review"})
    counts = {tab.key: tab.count for tab in page.context["tabs"]}
    assert counts == {"all": 4, "review": 3, "reviewed": 0, "working": 1, "failed": 0}
    assert len(page.context["table"].rows) == 3


@pytest.mark.parametrize("words", ["校舍", "秦望舒", "安全 推进", "校舍.docx"])
def test_it_is_searched_by_title_speaker_meeting_and_file(as_officer, words):
    SpeechFactory(title="校舍讲话", speaker="秦望舒", meeting="安全工作推进会", file_name="校舍.docx")
    SpeechFactory(title="另一份", speaker="何人", file_name="别的.txt")
    assert [row.record.title for row in as_officer.get(URL, {"q": words}).context["table"].rows] == [
        "校舍讲话"
    ]


@pytest.mark.parametrize(
    "sort", ["title", "-speaker", "held_on", "state", "counts", "-uploaded_at", "nonsense"]
)
def test_every_column_sorts(as_officer, sort):
    SpeechFactory.create_batch(2)
    assert as_officer.get(URL, {"sort": sort}).status_code == 200


@pytest.mark.parametrize("page", ["2", "99", "x"])
def test_pages_that_are_not_there_do_no_harm(as_officer, page):
    SpeechFactory.create_batch(21)
    assert as_officer.get(URL, {"page": page}).status_code == 200


@pytest.mark.parametrize("rows", [5, 25])
def test_its_queries_do_not_grow_with_its_rows(as_officer, officer, django_assert_num_queries, rows):
    for speech in SpeechFactory.create_batch(rows, uploaded_by=officer):
        CandidateFactory(speech=speech)
    as_officer.get(URL)
    with django_assert_num_queries(8):
        as_officer.get(URL)


@pytest.mark.parametrize(
    ("who", "status"), [("liaison", 403), ("leader", 200), ("principal", 200), ("administrator", 200)]
)
def test_departments_do_not_read_speeches(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == status


@pytest.mark.parametrize("status", ["split", "merged", "accepted", "pending", "rejected"])
@pytest.mark.parametrize("soft", [False, True], ids=["task", "requirement"])
def test_the_list_counts_what_the_review_counts(officer, status, soft):
    speech = SpeechFactory()
    decided = None if status == "pending" else timezone.now()
    CandidateFactory(speech=speech, status=status, is_requirement=soft, decided_at=decided)
    counted = Speech.objects.with_counts().get()
    board = Board(speech, user=officer)
    assert (counted.decided_count, counted.candidate_count) == (board.decided, board.total)
