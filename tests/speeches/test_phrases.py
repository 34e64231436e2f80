"""Where words stand in a text, in whatever spelling."""

import pytest

from speeches.phrases import cut_at, find, fold, read_phrases

WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
YEAR, GRADE = "2026".translate(WIDE), "A".translate(WIDE)
BODY = f"一、抓安全\n各校要对校车的安全逐车检查。食堂也要检查。\n云教督〔{YEAR}〕5号已经印发，{GRADE}级校要展开排查。"
SENTENCES = [
    [0, 5, "heading", False, ["一、抓安全"]],
    [6, 20, "task", True, ["一、抓安全"]],
    [20, 27, "requirement", True, ["一、抓安全"]],
    [28, 56, "review", False, []],
]


def said(words: str, **options) -> list[str]:
    """The marked stretches of every sentence found."""
    found = find(read_phrases(words), BODY, SENTENCES, **options)
    return ["".join(BODY[low:high] for low, high in hit.marks) for hit in found.hits]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        pytest.param("逐车检查", ["逐车检查"], id="as it stands"),
        pytest.param("校车安全", ["校车安全"], id="in parts"),
        pytest.param("校车 检查", ["校车检查"], id="two words of one sentence"),
        pytest.param("校车 食堂", [], id="two words of two sentences"),
        pytest.param("食堂 安全", ["食堂"], id="the other word in the heading"),
        pytest.param("[2026]5号", [f"〔{YEAR}〕5号"], id="brackets and full width"),
        pytest.param("a级", [f"{GRADE}级"], id="capitals"),
        pytest.param("开展摸排", ["展开排查"], id="pinned synonyms"),
        pytest.param("车的", ["车的"], id="short words are not cut"),
        pytest.param("车安全检", [], id="no piece of one character"),
    ],
)
def test_words_are_found_in_every_spelling(words, marked):
    assert said(words) == marked


def test_whole_words_only_when_asked():
    assert said("校车安全", whole=True) == []
    assert find(read_phrases("校车安全"), BODY, SENTENCES).hits[0].is_apart


def test_sentences_under_a_heading_that_says_it_are_told_apart_from_those_that_say_it():
    found = find(read_phrases("抓安全"), BODY, SENTENCES)
    assert [hit.role for hit in found.hits] == ["heading"]
    assert found.under == ((6, 20), (20, 27))


def test_folding_keeps_every_offset():
    text = YEAR + GRADE + "〔〕《》“”—\n\t\u3000ß İ①"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("typed", ["", "   ", "\0"])
def test_nothing_typed_is_no_word(typed):
    assert read_phrases(typed) == ()


@pytest.mark.parametrize(
    ("marks", "runs"),
    [
        pytest.param([], [("校车安全", False)], id="none"),
        pytest.param([(12, 14), (10, 12)], [("校车安全", True)], id="joined"),
        pytest.param([(11, 13)], [("校", False), ("车安", True), ("全", False)], id="inside"),
        pytest.param([(13, 20)], [("校车安", False), ("全", True)], id="over the end"),
    ],
)
def test_a_sentence_is_cut_into_runs(marks, runs):
    assert list(cut_at("校车安全", 10, marks)) == runs
