"""`script/manage deadlines`: one sentence a line in, one JSON object a line out, without a database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(text, monkeypatch, day="2026-04-10"):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    out = io.StringIO()
    call_command("deadlines", date=day, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_gives_its_own_object(monkeypatch):
    assert run("6月底前完成验收。\n每月5日前报送。\n要尽快整改。\n", monkeypatch) == [
        {"due": "2026-06-30", "recur": None, "phrase": "6月底前"},
        {"due": None, "recur": "monthly", "phrase": "每月5日前"},
        {"due": None, "recur": None, "phrase": "尽快"},
    ]


def test_a_line_without_a_time_phrase_gives_nulls_so_that_lines_stay_aligned(monkeypatch):
    nothing = {"due": None, "recur": None, "phrase": None}
    assert run("\n建好台账。\n今天要把单子交来。", monkeypatch)[:2] == [nothing, nothing]
    assert len(run("一\n\n\n二\n", monkeypatch)) == 4


def test_a_day_that_is_no_day_is_refused(monkeypatch):
    with pytest.raises(CommandError, match="日期应写成"):
        run("年底前完成。\n", monkeypatch, day="2026-02-30")
