"""提取质量: every figure is told from the stored rows, the parts add up, and each figure opens its list."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from speeches import review, store
from speeches.board import Board
from speeches.extraction import Extraction
from speeches.models import Candidate, Speech
from speeches.outcomes import Outcome, fates
from speeches.proposal import propose
from speeches.scorecard import Share, Tally, misleading_rules, scorecard
from speeches.units import UnitBook
from speeches.views.scorecard import BESIDES, DECIDED, row
from tests.factories import ActionItemFactory, CandidateFactory, PersonFactory, SpeechFactory

pytestmark = pytest.mark.django_db

URL = "/speeches/scorecard/"
SENTENCE = "安全科要在四月底前完成校车排查，并逐车建档。"
LONG = len(SENTENCE)


def speech_of(candidates: int, **fields) -> tuple[Speech, list[Candidate]]:
    """A speech with so many candidates, one a sentence, and a sentence behind them that nothing claims."""
    starts = [n * LONG for n in range(candidates + 1)]
    sentences = [[start, start + LONG, "task", True, []] for start in starts]
    speech = SpeechFactory(body=SENTENCE * (candidates + 1), sentences=sentences, **fields)
    rows = [
        CandidateFactory(speech=speech, start=start, end=start + LONG, quote=SENTENCE)
        for start in starts[:-1]
    ]
    return speech, rows


def tally_of(speech: Speech) -> Tally:
    return next(
        line.tally for line in scorecard(speeches=Speech.objects.all()).lines if line.speech.pk == speech.pk
    )


def decided(speech: Speech, status: str, **fields) -> Candidate:
    return CandidateFactory(speech=speech, status=status, decided_at=timezone.now(), **fields)


# -- one decision, one figure ------------------------------------------------------------------------------------
def accept_edited(candidate, by):
    plain = propose(candidate, book=UnitBook.current(), spoken_on=candidate.speech.counts_from).choice
    review.accept(
        candidate=candidate, by=by, choice=type(plain)(title="换了名称", lead=plain.lead, due=plain.due)
    )


DECISIONS = {
    "accepted": lambda row, by: review.accept(candidate=row, by=by),
    "edited": accept_edited,
    "merged": lambda row, by: review.attach(candidate=row, item=ActionItemFactory(), by=by),
    "to_requirement": lambda row, by: review.to_requirement(candidate=row, by=by),
    "split": lambda row, by: review.split(candidate=row, at=row.start + SENTENCE.index("并"), by=by),
    **{
        reason: (lambda row, by, reason=reason: review.reject(candidate=row, by=by, reason=reason))
        for reason in Candidate.RejectReason.values
    },
}


@pytest.mark.parametrize("name", DECISIONS)
def test_each_decision_counts_once_under_its_own_name(officer, name):
    speech, (one, _two) = speech_of(2)
    DECISIONS[name](one, officer)
    tally = tally_of(speech)
    assert +tally.counts == {Outcome(name): 1, Outcome.WAITING: 1}
    assert (tally.proposed, tally.decided) == (2, 1)


@pytest.mark.parametrize("name", DECISIONS)
def test_an_undone_decision_counts_no_more(officer, name):
    speech, (one, two) = speech_of(2)
    review.reject(candidate=two, by=officer, reason="principle")
    DECISIONS[name](one, officer)
    one.refresh_from_db()
    review.undo(candidate=one, by=officer)
    assert +tally_of(speech).counts == {Outcome.PRINCIPLE: 1, Outcome.WAITING: 1}


def test_a_requirement_made_a_task_is_told_from_a_proposed_task(officer):
    speech, (one, _two) = speech_of(2)
    Candidate.objects.update(is_requirement=True)
    one.refresh_from_db()
    review.accept(candidate=one, by=officer)
    tally = tally_of(speech)
    assert (tally.promoted, tally.proposed, tally.taken) == (1, 0, 1)
    assert tally.missed == Share(0, 1)


def test_what_the_engine_proposed_survives_decision_and_a_new_run(officer):
    speech, (one,) = speech_of(1)
    Candidate.objects.update(is_requirement=True)
    one.refresh_from_db()
    review.accept(candidate=one, by=officer)
    speech.requeue()
    speech.refresh_from_db()
    assert speech.claim(lease=timedelta(seconds=60))
    empty = Extraction(body=speech.body)
    assert store.save(speech, body=speech.body, extraction=empty, spoken_on=speech.counts_from)
    assert tally_of(speech).promoted == 1


def test_a_sentence_added_by_hand_is_a_miss_once_it_is_taken(officer):
    speech, (one,) = speech_of(1)
    review.accept(candidate=one, by=officer)
    added = review.add_missed(speech=speech, start=LONG, end=2 * LONG, by=officer)
    assert tally_of(speech).missed == Share(0, 1)
    review.accept(candidate=added, by=officer)
    assert tally_of(speech).missed == Share(1, 2)
    assert tally_of(speech).adoption == Share(1, 1)


def test_the_halves_of_a_proposed_task_are_no_misses(officer):
    speech, (one,) = speech_of(1)
    for piece in review.split(candidate=one, at=SENTENCE.index("并"), by=officer):
        review.accept(candidate=piece, by=officer)
    tally = tally_of(speech)
    assert +tally.counts == {Outcome.SPLIT: 1, Outcome.PIECE: 2}
    assert (tally.missed, tally.adoption) == (Share(0, 2), Share(0, 1))


def test_the_halves_of_a_missed_task_are_misses_at_any_depth(officer):
    speech, _ = speech_of(0)
    added = review.add_missed(speech=speech, start=0, end=LONG, by=officer)
    first, _second = review.split(candidate=added, at=SENTENCE.index("并"), by=officer)
    for piece in review.split(candidate=first, at=SENTENCE.index("在"), by=officer):
        review.accept(candidate=piece, by=officer)
    assert +tally_of(speech).counts == {Outcome.ADDED: 2}


def test_sentences_waved_through_are_counted(officer):
    speech, _ = speech_of(0)
    review.dismiss(speech=speech, start=0, end=LONG)
    assert tally_of(speech).dismissed == 1


def test_a_speech_nobody_has_begun_is_left_out_and_an_empty_finished_one_is_not():
    speech_of(2)
    finished = SpeechFactory(reviewed_at=timezone.now())
    assert [line.speech for line in scorecard(speeches=Speech.objects.all()).lines] == [finished]


# -- sums --------------------------------------------------------------------------------------------------------
def random_review(dice: random.Random, *, version: str) -> Speech:
    """A speech with random rows: what a review may leave, and odder."""
    speech = SpeechFactory(engine_version=version, dismissed=[[n, n + 1] for n in range(dice.randrange(3))])
    for number in range(dice.randrange(4, 30)):
        status = dice.choice(Candidate.Status.values)
        CandidateFactory(
            speech=speech, start=number * 20, status=status,
            origin=dice.choice(["engine", "engine", "hand"]),
            is_requirement=dice.random() < 0.3,
            reject_reason=dice.choice(Candidate.RejectReason.values) if status == "rejected" else "",
            decided_at=None if status in Candidate.UNDECIDED else timezone.now(),
            reasons=[{"rule": f"r{dice.randrange(12)}", "phrase": "有期限", "weight": dice.choice([1, -1])}],
        )  # fmt: skip
    for parent in speech.candidates.filter(status="split"):
        status = dice.choice(["pending", "accepted", "merged", "rejected"])
        CandidateFactory(
            speech=speech, start=1000 + parent.pk * 20, origin="hand", split_from=parent, status=status,
            reject_reason="duplicate" if status == "rejected" else "", decided_at=timezone.now(),
        )  # fmt: skip
    return speech


@pytest.fixture(params=range(4))
def reviews(request) -> list[Speech]:
    dice = random.Random(request.param)
    return [random_review(dice, version=dice.choice(["1", "2", ""])) for _ in range(6)]


def test_the_parts_add_up_to_the_rows_in_the_database(reviews):
    rows = Candidate.objects.all()
    proposed = rows.filter(origin="engine", is_requirement=False)
    total = scorecard(speeches=Speech.objects.all()).total
    assert total.proposed == proposed.count() == total.of(Outcome.WAITING) + total.decided
    assert total.decided == proposed.exclude(status__in=["pending", "flagged"]).count()
    assert total.decided == sum(cell.count for cell in row(total).decided)
    assert total.rejected == proposed.filter(status="rejected").count()
    assert total.taken == rows.filter(status__in=["accepted", "edited", "merged"]).count()
    assert total.taken == total.adoption.part + sum(cell.count for cell in row(total).besides)
    assert total.dismissed == sum(len(speech.dismissed) for speech in reviews)


@pytest.mark.parametrize("shown", [2, 100])
def test_lines_and_versions_add_up_to_the_total(reviews, shown):
    card = scorecard(speeches=Speech.objects.all(), shown=shown)
    for parts in (
        [*(line.tally for line in card.lines), card.earlier],
        [version.tally for version in card.versions],
    ):
        assert sum((part.counts for part in parts), type(card.total.counts)()) == card.total.counts
        assert sum(part.dismissed for part in parts) == card.total.dismissed
    assert sum(version.speeches for version in card.versions) == card.count == len(reviews)


def test_every_linked_figure_equals_the_list_behind_it(reviews, officer):
    for line in scorecard(speeches=Speech.objects.all()).lines:
        speech = Speech.objects.get(pk=line.speech.pk)
        shown = row(line.tally, line=line)
        for cell in (shown.waiting, *shown.decided, *shown.besides):
            show = cell.link.partition("show=")[2]
            if show:
                board = Board(speech, user=officer, show=show)
                assert len(board.listed) == cell.count == board.tabs[-1].count
        assert len(Board(speech, user=officer, show="gaps").dismissed) == line.tally.dismissed


def test_every_outcome_has_its_column():
    assert {Outcome.WAITING, *DECIDED, *BESIDES} == set(Outcome)


def test_candidates_have_at_most_one_outcome(reviews):
    keys = [fate.pk for fate in fates(Candidate.objects.all())]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, "—"), (0, 3, "0.0%"), (2, 3, "66.7%"), (3, 3, "100.0%")]
)
def test_a_share_of_nothing_is_a_dash(part, whole, percent):
    assert Share(part, whole).percent == percent


# -- rules -------------------------------------------------------------------------------------------------------
def reason(rule: str, weight: float = 1) -> dict:
    return {"rule": rule, "phrase": f"规则{rule}", "weight": weight}


def test_the_rules_that_mislead_most_come_first_and_those_that_warned_are_left_out():
    speech = SpeechFactory()
    decided(
        speech, "rejected", reject_reason="principle", reasons=[reason("a"), reason("b"), reason("w", -1)]
    )
    decided(speech, "rejected", reject_reason="situation", reasons=[reason("a")])
    decided(speech, "requirement", reasons=[reason("a")])
    decided(speech, "accepted", reasons=[reason("a"), reason("c")])
    decided(speech, "rejected", reject_reason="principle", reasons=[reason("d")], is_requirement=True)
    CandidateFactory(speech=speech, reasons=[reason("a")])
    rules = misleading_rules(speeches=Speech.objects.all())
    assert [(r.rule, r.phrase, r.fired, r.rejected, r.to_requirement) for r in rules] == [
        ("a", "规则a", 4, 2, 1),
        ("b", "规则b", 1, 1, 0),
    ]


def test_at_most_eight_rules_are_named():
    decided(
        SpeechFactory(), "rejected", reject_reason="principle", reasons=[reason(f"{n}") for n in range(20)]
    )
    assert len(misleading_rules(speeches=Speech.objects.all())) == 8


def test_versions_stand_latest_first():
    for version in ("2", "", "10", "9.1"):
        SpeechFactory(engine_version=version, reviewed_at=timezone.now())
    card = scorecard(speeches=Speech.objects.all())
    assert [version.name for version in card.versions] == ["10", "9.1", "2", ""]


# -- the page ----------------------------------------------------------------------------------------------------
def text(page) -> str:
    return page.content.decode()


def test_an_empty_database_says_what_will_stand_here(as_officer):
    page = as_officer.get(URL)
    assert page.status_code == 200
    assert "还没有核对过的讲话" in text(page)
    assert "口径" in text(page)


def test_the_page_shows_figures_definitions_and_links(as_officer):
    speech = SpeechFactory(title="在校舍安全会上的讲话")
    decided(speech, "accepted", reasons=[reason("a")])
    decided(speech, "rejected", reject_reason="principle", reasons=[reason("a")])
    page = text(as_officer.get(URL))
    assert f'href="/speeches/{speech.pk}/?show=accepted">1<' in page
    assert "50.0% <small>1/2</small>" in page
    assert "规则a" in page
    assert "核对中" in page


def test_the_page_names_no_reviewer(client, officer):
    client.force_login(PersonFactory(name="看页面的人", roles=["principal"]))
    decided(SpeechFactory(uploaded_by=officer), "accepted", decided_by=officer)
    assert officer.name not in text(client.get(URL))


def test_a_figures_list_opens_with_its_name_as_a_tab(as_officer):
    speech, (one, _two) = speech_of(2)
    Candidate.objects.filter(pk=one.pk).update(
        status="rejected", reject_reason="duplicate", decided_at=timezone.now()
    )
    page = as_officer.get(f"/speeches/{speech.pk}/?show=duplicate")
    assert [card.candidate.pk for card in page.context["board"].listed] == [one.pk]
    assert "不作为任务·重复<b>1</b>" in text(page)


def test_the_list_of_speeches_leads_to_it(as_officer):
    assert f'href="{URL}"' in text(as_officer.get("/speeches/"))


@pytest.mark.parametrize("rows", [5, 25])
def test_its_queries_do_not_grow_with_its_rows(as_officer, django_assert_num_queries, rows):
    for _ in range(rows):
        speech = SpeechFactory()
        decided(speech, "accepted", reasons=[reason("a")])
        decided(speech, "rejected", reject_reason="principle", reasons=[reason("a")])
    as_officer.get(URL)
    with django_assert_num_queries(7):
        as_officer.get(URL)


@pytest.mark.parametrize(
    ("who", "status"),
    [("liaison", 403), ("officer", 200), ("leader", 200), ("principal", 200), ("administrator", 200)],
)
def test_departments_do_not_see_it(client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(URL).status_code == status


def test_it_is_only_read(as_officer):
    assert as_officer.post(URL).status_code == 405
