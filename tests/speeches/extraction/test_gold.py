"""The engine against the gold labels, when they are at hand. Floors, so that no change loses ground unseen."""

import json
from datetime import date
from pathlib import Path

import pytest

from speeches.extraction import Directory, extract
from speeches.extraction.evaluation import Tally, score
from speeches.reading import read_document
from speeches.reading.encodings import decode

GOLD = Path(__file__).resolve().parents[4] / "shared/speeches"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="带标注的讲话不在 ../shared/speeches")


@pytest.fixture(scope="module")
def tallies():
    result = {}
    for path in sorted(GOLD.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        source = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
        body = read_document(path.read_bytes(), name=path.name).body
        extraction = extract(body, spoken_on=date.fromisoformat(gold["date"]), directory=Directory())
        result[path.stem] = score(extraction, source=source, labels=[unit["label"] for unit in gold["units"]])
    return result


def test_the_gold_texts_are_read_well(tallies):
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)

    assert whole.f1 >= 0.92
    assert whole.lenient_precision >= 0.97


def test_no_text_with_tasks_is_read_badly(tallies):
    assert min(tally.f1 for tally in tallies.values() if tally.found + tally.missed) >= 0.85


def test_a_review_without_tasks_stays_nearly_empty(tallies):
    review = tallies["seed2_district_regular_meeting"]

    assert review.noise + review.soft <= 1
