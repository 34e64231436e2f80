"""script/manage extract and evaluate: no database needed."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

SPEECH = "在全镇工作会上的讲话\n一、重点任务\n教育局要在2026年6月底前完成校舍排查。\n"


@pytest.fixture
def speech(tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH, encoding="utf-8")
    return path


def run(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_extract_prints_json_with_the_date_it_was_given(speech):
    data = json.loads(run("extract", str(speech), "--date", "2026-03-02", "--json"))

    assert data["tasks"][0]["due"] == "2026-06-30"


def test_extract_lists_tasks_for_people(speech):
    assert "1. " in run("extract", str(speech), "--date", "2026-03-02")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.tsv", "县教育局\t教育局、教体局\n"),
        ("list.txt", "县教育局\n"),
        ("list.json", '["县财政局", {"name": "县教育局", "aliases": ["教育局"]}]'),
    ],
)
def test_extract_reads_departments(speech, tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    assert json.loads(
        run("extract", str(speech), "--date", "2026-03-02", "--departments", str(path), "--json")
    )["tasks"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="nothing"):
        run("extract", str(tmp_path / "nothing.txt"))


def test_a_date_that_is_none_is_refused(speech):
    with pytest.raises(CommandError, match="2026年"):
        run("extract", str(speech), "--date", "2026年")


def test_evaluate_prints_a_row_a_text_and_the_errors(tmp_path):
    (tmp_path / "a.txt").write_text("修好村口的桥。大家辛苦了。", encoding="utf-8")
    gold = {"date": "2026-03-02", "units": [{"id": 0, "label": "N"}, {"id": 1, "label": "T"}]}
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")

    table = run("evaluate", str(tmp_path), "--errors")

    assert "ALL" in table
    assert "漏报" in table


def test_evaluate_without_gold_says_so(tmp_path):
    with pytest.raises(CommandError, match="没有带标注的讲话"):
        run("evaluate", str(tmp_path))
