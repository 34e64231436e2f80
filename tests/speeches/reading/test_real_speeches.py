"""On the real speeches: what two readers labelled as task or requirement is in the body, whole and in order."""

import json
from pathlib import Path

import pytest

from speeches.reading import read_document
from speeches.reading.clean import clean
from tests.conftest import SHARED

TEXTS = sorted((SHARED / "speeches").glob("*.txt"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def labelled(path: Path) -> list[str]:
    """Units to do (T, S) with the line of the source each stands in."""
    rows = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["units"]
    return [row["text"] for row in rows if row["label"] in ("T", "S")]


@pytest.mark.skipif(not TEXTS, reason="../shared/speeches is not on this machine")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_labelled_task_or_requirement_is_lost(path):
    body = squeezed(read_document(path.read_bytes(), name=path.name).body)
    lost = [unit for unit in labelled(path) if squeezed(unit) not in body]
    assert [unit for unit in lost if not _only_a_marker_is_gone(unit, body)] == []


def _only_a_marker_is_gone(unit: str, body: str) -> bool:
    """A page marker at the start of a unit is not part of what was said."""
    return squeezed(unit.lstrip("0123456789").removeprefix("、")) in body


@pytest.mark.skipif(not TEXTS, reason="../shared/speeches is not on this machine")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_cleaning_a_clean_body_changes_nothing(path):
    body = read_document(path.read_bytes()).body
    assert clean(body).body == body


@pytest.mark.skipif(not TEXTS, reason="../shared/speeches is not on this machine")
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_day_is_proposed_only_where_the_readers_found_the_same(path):
    held_on = read_document(path.read_bytes()).meta.held_on
    told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["date"]
    assert held_on is None or held_on.isoformat() == told
