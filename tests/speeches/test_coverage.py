"""The count of instructions nobody claimed."""

import pytest

from speeches.coverage import Gap, unclaimed

TASK = [10, 20, "task", True, ["一、安全"]]
PLAIN = [20, 30, "rationale", False, []]
LATER = [30, 40, "requirement", True, []]


@pytest.mark.parametrize(
    ("spans", "dismissed", "starts"),
    [
        pytest.param([], [], [10, 30], id="nothing-claimed"),
        pytest.param([(10, 20)], [], [30], id="claimed-whole"),
        pytest.param([(15, 16)], [], [30], id="claimed-in-part"),
        pytest.param([(0, 100)], [], [], id="one-long-span-claims-all"),
        pytest.param([(0, 10), (20, 30)], [], [10, 30], id="neighbours-do-not-claim"),
        pytest.param([(5, 35), (6, 7)], [], [], id="a-long-span-before-a-short-one"),
        pytest.param([], [[30, 40]], [10], id="dismissed"),
    ],
)
def test_directive_sentences_without_a_candidate_are_listed(spans, dismissed, starts):
    gaps = unclaimed([TASK, PLAIN, LATER], spans=spans, dismissed=dismissed)
    assert [gap.start for gap in gaps] == starts


def test_a_gap_knows_its_section():
    assert unclaimed([TASK], spans=[]) == [Gap(10, 20, ("一、安全",))]


def test_sentences_in_any_order_give_the_same_gaps():
    assert unclaimed([LATER, TASK], spans=[(30, 31)]) == unclaimed([TASK, LATER], spans=[(30, 31)])


@pytest.mark.parametrize("role", ["heading", "furniture"])
def test_headings_and_furniture_cannot_be_carried_out(role):
    assert unclaimed([[0, 9, role, True, []], TASK], spans=[]) == [Gap(10, 20, ("一、安全",))]
