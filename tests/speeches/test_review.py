"""Decisions on candidates: one wins, nothing is overwritten, everything can be taken back."""

from datetime import date

import pytest

from speeches import review
from speeches.board import Board
from speeches.models import Candidate, Speech
from speeches.proposal import Choice
from tests.factories import ActionItemFactory, CandidateFactory, DepartmentFactory, SpeechFactory
from tracker.items.models import ActionItem, NumberSeries
from tracker.items.states import EventKind, Status
from tracker.org.models import DepartmentGroup, Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

BODY = (
    "一、抓安全\n基础教育科要在4月底前完成校车隐患排查，逐车建立档案。周末巡查也要安排好。各学校要高度重视。"
)
FIRST = BODY.index("基础教育科")
COMMA = BODY.index("逐车")
STOP = BODY.index("周末")
SOFT = BODY.index("各学校")


@pytest.fixture
def speech(db):
    return SpeechFactory(
        title="在春季安全工作会上的讲话",
        body=BODY,
        sentences=[
            [0, 5, "heading", False, []],
            [FIRST, STOP, "task", True, ["一、抓安全"]],
            [STOP, SOFT, "task", True, ["一、抓安全"]],
            [SOFT, len(BODY), "requirement", False, ["一、抓安全"]],
        ],
    )


def candidate_at(speech, start, end, **fields):
    return CandidateFactory(speech=speech, start=start, end=end, quote=speech.body[start:end], **fields)


@pytest.fixture
def candidate(speech, department):
    facts = {
        "lead": ["基础教育科"],
        "due": date(2026, 4, 30),
        "due_phrase": "4月底前",
        "section": ["一、抓安全"],
    }
    return candidate_at(speech, FIRST, STOP, title="完成校车隐患排查", **facts)


@pytest.fixture
def second(speech):
    return candidate_at(speech, STOP, SOFT, title="安排周末巡查")


def test_accepting_makes_a_draft_with_quote_unit_date_and_event(candidate, officer, department):
    item = review.accept(candidate=candidate, by=officer)
    assert (item.title, item.lead, item.due, item.status) == (
        "完成校车隐患排查", department, date(2026, 4, 30), Status.DRAFT,
    )  # fmt: skip
    quote = item.quotes.get()
    assert quote.text == BODY[FIRST:STOP]
    assert (quote.section, quote.after) == ("一、抓安全", "周末巡查也要安排好。")
    assert (item.source, item.source_date, item.due_phrase) == (
        candidate.speech.title,
        date(2026, 4, 10),
        "4月底前",
    )
    assert [event.kind for event in item.events.all()] == [EventKind.REGISTERED]
    candidate.refresh_from_db()
    assert (candidate.status, candidate.item, candidate.decided_by) == ("accepted", item, officer)


def test_accepting_with_changes_says_so_and_drops_a_phrase_that_no_longer_fits(
    candidate, officer, other_department
):
    choice = Choice(title="排查校车隐患", lead=other_department, due=date(2026, 5, 6), cycle="once")
    item = review.accept(candidate=candidate, by=officer, choice=choice)
    candidate.refresh_from_db()
    assert candidate.status == "edited"
    assert candidate.title == "完成校车隐患排查"  # what was found stays as it was found
    assert (item.title, item.lead, item.due, item.due_phrase) == (
        "排查校车隐患",
        other_department,
        date(2026, 5, 6),
        "",
    )


def test_a_unit_the_directory_does_not_know_is_kept_as_written(speech, officer):
    row = candidate_at(speech, FIRST, STOP, lead=["各学校"], supporting=["供电公司"])
    item = review.accept(candidate=row, by=officer)
    assert item.lead is None
    assert (item.lead_text, item.supporting_text) == ("各学校", "供电公司")


def test_accepting_twice_makes_one_item_and_says_who_was_first(candidate, officer, second_officer):
    same = Candidate.objects.get(pk=candidate.pk)
    review.accept(candidate=candidate, by=officer)
    with pytest.raises(review.AlreadyDecided) as error:
        review.accept(candidate=same, by=second_officer)
    assert str(error.value) == "林督查 9:40 已采纳"
    assert (error.value.who, error.value.what) == (officer, "已采纳")
    assert ActionItem.objects.count() == 1


@pytest.mark.parametrize(
    "decide",
    [
        pytest.param(lambda c, by: review.accept(candidate=c, by=by), id="accept"),
        pytest.param(lambda c, by: review.to_requirement(candidate=c, by=by), id="requirement"),
        pytest.param(lambda c, by: review.reject(candidate=c, by=by, reason="principle"), id="reject"),
        pytest.param(lambda c, by: review.flag(candidate=c, by=by), id="flag"),
        pytest.param(lambda c, by: review.split(candidate=c, at=COMMA, by=by), id="split"),
        pytest.param(lambda c, by: review.attach(candidate=c, item=ActionItemFactory(), by=by), id="attach"),
    ],
)
def test_whatever_the_second_decision_is_the_first_one_stands(candidate, officer, second_officer, decide):
    stale = Candidate.objects.get(pk=candidate.pk)
    review.reject(candidate=candidate, by=officer, reason="duplicate")
    with pytest.raises(review.AlreadyDecided, match="林督查 9:40 不作为任务（重复）"):
        decide(stale, second_officer)
    assert Candidate.objects.get().reject_reason == "duplicate"


def test_a_rejection_needs_one_of_the_reasons(candidate, officer):
    with pytest.raises(review.Refused):
        review.reject(candidate=candidate, by=officer, reason="boring")
    assert Candidate.objects.get().status == "pending"


def test_a_flagged_candidate_is_still_to_be_decided(candidate, officer):
    review.flag(candidate=candidate, by=officer)
    review.flag(candidate=candidate, by=officer)
    assert Candidate.objects.pending().get().status == "flagged"
    review.accept(candidate=candidate, by=officer)
    assert Candidate.objects.get().status == "accepted"


# -- undo --------------------------------------------------------------------------------------------------------
def test_undoing_an_acceptance_withdraws_the_fresh_item(candidate, officer):
    item = review.accept(candidate=candidate, by=officer)
    review.undo(candidate=review.last_decision(speech=candidate.speech, by=officer), by=officer)
    item.refresh_from_db()
    candidate.refresh_from_db()
    assert item.status == Status.WITHDRAWN
    assert (candidate.status, candidate.item, candidate.decided_at) == ("pending", None, None)


def test_accepting_again_after_an_undo_uses_the_same_number(candidate, officer, other_department):
    first = review.accept(candidate=candidate, by=officer)
    review.undo(candidate=candidate, by=officer)
    choice = Choice(title="再次采纳", lead=other_department, due=None, cycle="monthly")
    again = review.accept(candidate=candidate, by=officer, choice=choice)
    again.refresh_from_db()
    assert again.pk == first.pk
    assert (again.title, again.lead, again.due, again.status) == (
        "再次采纳",
        other_department,
        None,
        Status.DRAFT,
    )
    assert NumberSeries.objects.get().last == 1
    review.undo(candidate=candidate, by=officer)  # and it can be undone once more


def test_an_item_somebody_has_touched_is_not_withdrawn(candidate, officer):
    item = review.accept(candidate=candidate, by=officer)
    item.move("issue", by=officer)
    with pytest.raises(review.Refused, match="交办"):
        review.undo(candidate=candidate, by=officer)
    candidate.refresh_from_db()
    assert (candidate.status, candidate.item) == ("accepted", item)


def test_of_two_who_undo_one_wins(candidate, officer, second_officer):
    review.reject(candidate=candidate, by=officer, reason="situation")
    stale = Candidate.objects.get(pk=candidate.pk)
    review.undo(candidate=candidate, by=officer)
    review.accept(candidate=candidate, by=officer)
    with pytest.raises(review.Refused, match="改动"):
        review.undo(candidate=stale, by=second_officer)


def test_the_last_decision_is_ones_own(candidate, second, officer, second_officer):
    review.flag(candidate=candidate, by=officer)
    review.flag(candidate=second, by=second_officer)
    assert review.last_decision(speech=candidate.speech, by=officer) == candidate


# -- merge, attach, split, add ---------------------------------------------------------------------------------------
def test_a_merged_sentence_becomes_a_second_quote_of_the_item(candidate, second, officer):
    review.merge(candidate=second, into=candidate, by=officer)
    item = review.accept(candidate=candidate, by=officer)
    assert [quote.start for quote in item.quotes.order_by("start")] == [FIRST, STOP]
    assert Candidate.objects.get(pk=second.pk).item == item


def test_merging_into_an_accepted_one_adds_the_quote_and_undo_removes_it(candidate, second, officer):
    item = review.accept(candidate=candidate, by=officer)
    review.merge(candidate=second, into=candidate, by=officer)
    assert item.quotes.count() == 2
    review.undo(candidate=Candidate.objects.get(pk=second.pk), by=officer)
    assert item.quotes.count() == 1
    assert Candidate.objects.get(pk=second.pk).is_pending


def test_an_undone_merge_does_not_stand_in_the_way_of_undoing_the_acceptance(candidate, second, officer):
    item = review.accept(candidate=candidate, by=officer)
    review.merge(candidate=second, into=candidate, by=officer)
    for _ in range(2):
        review.undo(candidate=review.last_decision(speech=candidate.speech, by=officer), by=officer)
    item.refresh_from_db()
    assert item.status == Status.WITHDRAWN
    assert Candidate.objects.filter(status="pending").count() == 2


def test_an_item_taken_up_again_stands_on_every_merged_sentence_once(candidate, second, officer):
    review.merge(candidate=second, into=candidate, by=officer)
    item = review.accept(candidate=candidate, by=officer)
    review.undo(candidate=candidate, by=officer)
    assert review.accept(candidate=Candidate.objects.get(pk=candidate.pk), by=officer) == item
    assert [quote.start for quote in item.quotes.order_by("start")] == [FIRST, STOP]


def test_rejecting_the_target_gives_the_merged_ones_back(candidate, second, officer):
    review.merge(candidate=second, into=candidate, by=officer)
    review.reject(candidate=candidate, by=officer, reason="principle")
    assert Candidate.objects.get(pk=second.pk).status == "pending"


def test_merging_into_itself_or_a_rejected_one_is_refused(candidate, second, officer):
    review.reject(candidate=candidate, by=officer, reason="principle")
    for target in (second, candidate):
        with pytest.raises(review.Refused):
            review.merge(candidate=second, into=target, by=officer)
    assert Candidate.objects.get(pk=second.pk).is_pending


def test_a_sentence_can_back_an_item_that_exists(candidate, officer):
    item = ActionItemFactory()
    review.attach(candidate=candidate, item=item, by=officer)
    assert item.quotes.get().start == FIRST
    assert item.events.first().kind == EventKind.QUOTE_ADDED
    assert Candidate.objects.get().item == item


def test_a_closed_item_takes_no_more_sentences(candidate, officer):
    item = ActionItemFactory(status=Status.CLOSED, closed_on=date(2026, 3, 9))
    with pytest.raises(review.Refused, match="已办结"):
        review.attach(candidate=candidate, item=item, by=officer)


def test_splitting_gives_two_candidates_and_undo_joins_them(candidate, officer):
    first, other = review.split(candidate=candidate, at=COMMA, by=officer)
    assert [first.quote, other.quote] == [BODY[FIRST:COMMA], BODY[COMMA:STOP]]
    assert (first.lead, other.lead) == (["基础教育科"], ["基础教育科"])
    assert [bool(first.due_phrase), bool(other.due_phrase)] == [True, False]
    review.undo(candidate=review.last_decision(speech=candidate.speech, by=officer), by=officer)
    assert [row.status for row in Candidate.objects.all()] == ["pending"]


def test_a_split_whose_half_is_decided_is_not_joined(candidate, officer):
    first, _ = review.split(candidate=candidate, at=COMMA, by=officer)
    review.accept(candidate=first, by=officer)
    with pytest.raises(review.Refused, match="拆出"):
        review.undo(candidate=Candidate.objects.get(pk=candidate.pk), by=officer)


@pytest.mark.parametrize("at", [FIRST, STOP, 0, 10_000])
def test_a_split_outside_the_quote_is_refused(candidate, officer, at):
    with pytest.raises(review.Refused):
        review.split(candidate=candidate, at=at, by=officer)


def test_a_missed_sentence_is_added_once_trimmed_and_can_be_taken_back(speech, officer):
    added = review.add_missed(speech=speech, start=STOP - 0, end=SOFT, by=officer)
    assert (added.quote, added.origin, added.section) == ("周末巡查也要安排好。", "hand", ["一、抓安全"])
    assert review.add_missed(speech=speech, start=STOP, end=SOFT, by=officer) == added
    review.undo(candidate=review.last_decision(speech=speech, by=officer), by=officer)
    assert not speech.candidates.exists()


def test_an_engine_that_fails_does_not_stop_a_person(speech, officer, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("speeches.handmade.extract", broken)
    added = review.add_missed(speech=speech, start=STOP, end=SOFT, by=officer)
    assert (added.title, added.lead) == ("周末巡查也要安排好", [])


def test_a_selection_of_nothing_is_refused(speech, officer):
    with pytest.raises(review.Refused):
        review.add_missed(speech=speech, start=4, end=6, by=officer)


# -- unclaimed sentences, bulk, finish -----------------------------------------------------------------------------------
def test_a_dismissed_sentence_is_no_longer_counted_and_can_be_restored(candidate, speech):
    assert [gap.start for gap in review.gaps_of(speech)] == [STOP]
    review.dismiss(speech=speech, start=STOP, end=SOFT)
    review.dismiss(speech=speech, start=STOP, end=SOFT)
    review.dismiss(speech=speech, start=1, end=2)  # no sentence stands there
    speech.refresh_from_db()
    assert speech.dismissed == [[STOP, SOFT]]
    assert review.gaps_of(speech) == []
    review.restore(speech=speech, start=STOP, end=SOFT)
    assert len(review.gaps_of(Speech.objects.get())) == 1


def test_what_the_text_tells_a_group_to_do_is_issued_to_its_members(officer):
    speech = SpeechFactory(body="各学校要自查。", sentences=[[0, 7, "task", True, []]])
    schools = [DepartmentFactory() for _ in range(3)]
    group = DepartmentGroup.objects.create(name="各学校")
    group.members.set(schools)
    told = candidate_at(speech, 0, 7, title="自查", lead=["各学校"])
    item = review.accept(candidate=told, by=officer)
    assert (item.lead, list(item.groups.all())) == (None, [group])
    assert Board(speech, user=officer).to_issue == 1
    assert review.finish(speech=speech, by=officer).sentence == "核对完毕，已交办 1 条。"
    assert {part.department for part in item.parts_given.all()} == set(schools)


def test_the_finish_button_says_how_many_dates_lie_behind(wednesday, speech, candidate, second, officer):
    for row, due in ((candidate, date(2026, 4, 10)), (second, date(2026, 4, 20))):
        Candidate.objects.filter(pk=row.pk).update(lead=["基础教育科"], due=due)
        row.refresh_from_db()
        review.accept(candidate=row, by=officer)
    board = Board(speech, user=officer)
    assert (board.to_issue, board.to_issue_late, board.to_keep) == (2, 1, 0)


def test_the_finish_button_says_how_many_stay_drafts(speech, candidate, second, officer):
    for row, lead in ((candidate, ["基础教育科"]), (second, [])):
        Candidate.objects.filter(pk=row.pk).update(lead=lead)
        row.refresh_from_db()
        review.accept(candidate=row, by=officer)
    board = Board(speech, user=officer)
    assert (board.to_issue, board.to_keep) == (1, 1)
    assert review.finish(speech=speech, by=officer).without_lead == board.to_keep


def test_bulk_takes_only_what_stands_in_the_text(speech, candidate, second, officer):
    reckoned = {"lead": ["基础教育科"], "due": date(2026, 5, 10), "due_phrase": "上旬", "due_reckoned": True}
    candidate_at(speech, SOFT, len(BODY), **reckoned)
    assert review.accept_ready(speech=speech, by=officer) == 1
    assert [row.pk for row in Candidate.objects.filter(status="accepted")] == [candidate.pk]
    assert review.accept_ready(speech=speech, by=officer) == 0


def test_finishing_waits_for_every_candidate_and_every_sentence(candidate, speech, officer):
    with pytest.raises(review.Refused, match="1 条待核对、1 句未认领"):
        review.finish(speech=speech, by=officer)
    assert Speech.objects.get().reviewed_at is None


def test_finishing_issues_the_drafts_that_have_a_lead(candidate, second, speech, officer):
    led = review.accept(candidate=candidate, by=officer)
    blank = review.accept(candidate=second, by=officer)
    assert review.finish(speech=speech, by=officer) == review.Finished(issued=1, without_lead=1)
    assert review.finish(speech=speech, by=officer) == review.Finished(issued=0, without_lead=1)
    led.refresh_from_db()
    blank.refresh_from_db()
    assert (led.status, led.issued_on, blank.status) == (Status.ISSUED, date(2026, 4, 15), Status.DRAFT)
    assert Speech.objects.get().reviewed_by == officer


def test_where_items_must_be_approved_finishing_proposes_them(candidate, second, speech, officer):
    Office.objects.create(pk=1, needs_approval=True)
    led = review.accept(candidate=candidate, by=officer)
    review.accept(candidate=second, by=officer)
    done = review.finish(speech=speech, by=officer)
    assert done.sentence == "核对完毕，已报请审定 1 条，审定后交办。另有 1 条未明确单位，留在拟办。"
    led.refresh_from_db()
    assert (led.status, led.issued_on) == (Status.APPROVAL, None)


def test_finishing_leaves_an_item_alone_that_a_sentence_was_only_added_to(
    candidate, speech, officer, department
):
    review.dismiss(speech=speech, start=STOP, end=SOFT)
    item = ActionItemFactory(status=Status.DRAFT, lead=department, issued_on=None)
    review.attach(candidate=candidate, item=item, by=officer)
    assert review.finish(speech=speech, by=officer).issued == 0


def test_a_decision_after_the_review_was_finished_opens_it_again(candidate, speech, officer):
    review.reject(candidate=candidate, by=officer, reason="principle")
    review.dismiss(speech=speech, start=STOP, end=SOFT)
    review.finish(speech=speech, by=officer)
    review.undo(candidate=Candidate.objects.get(), by=officer)
    assert Speech.objects.get().reviewed_at is None


def test_a_run_of_the_engine_leaves_decisions_merges_and_halves_alone(candidate, second, speech, officer):
    from speeches.extraction import Extraction
    from speeches.store import _replace_undecided

    review.split(candidate=candidate, at=COMMA, by=officer)
    half = speech.candidates.get(start=COMMA)
    review.merge(candidate=half, into=second, by=officer)
    _replace_undecided(speech, BODY, Extraction(body=BODY))
    kept = {(row.start, row.status) for row in speech.candidates.all()}
    assert kept == {(FIRST, "split"), (FIRST, "pending"), (COMMA, "merged"), (STOP, "pending")}
