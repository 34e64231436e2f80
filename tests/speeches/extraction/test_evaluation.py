"""Scoring against gold labels."""

from datetime import date

import pytest

from speeches.extraction.evaluation import explained, gold_units, offsets, score
from speeches.extraction.extract import extract
from speeches.extraction.model import Directory, Extraction, Found

SOURCE = "修路。架桥；挖渠。大家辛苦了。"


def found(*pieces):
    tasks = tuple(Found(SOURCE.index(one), SOURCE.index(one) + len(one), one, one) for one in pieces)
    return Extraction(body=SOURCE, tasks=tasks)


def test_units_end_at_sentences_and_semicolons():
    assert [SOURCE[a:b] for a, b in gold_units(SOURCE)] == ["修路。", "架桥；", "挖渠。", "大家辛苦了。"]


def test_hits_misses_noise_and_soft_ones_are_counted():
    tally = score(found("修路。", "挖渠。", "大家辛苦了。"), source=SOURCE, labels=["T", "T", "S", "N"])

    assert (tally.found, tally.missed, tally.noise, tally.soft) == (1, 1, 1, 1)
    assert tally.precision == pytest.approx(1 / 3)
    assert tally.lenient_precision == pytest.approx(1 / 2)


def test_headings_are_neutral():
    tally = score(found("修路。"), source=SOURCE, labels=["H", "N", "N", "N"])

    assert (tally.found, tally.noise) == (0, 0)


def test_spans_of_a_cleaned_body_are_carried_back():
    assert offsets("修路。挖渠。", "修路。【广告】挖渠。")[3] == "修路。【广告】挖渠。".index("挖")


def test_labels_of_another_text_are_refused():
    with pytest.raises(ValueError, match="labels"):
        score(found(), source=SOURCE, labels=["T"])


def test_each_error_is_explained():
    body = "要修好村口的路。"
    extraction = extract(body, spoken_on=date(2026, 1, 5), directory=Directory())
    tally = score(Extraction(body=body), source=body, labels=["T"])

    lines = explained(tally, body=extraction.body, source=body)

    assert "漏报" in lines[0]
    assert "must" in lines[1]
