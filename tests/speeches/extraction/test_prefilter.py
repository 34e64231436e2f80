"""The sieve in front of the patterns."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.extraction import prefilter
from speeches.extraction.heads import first_chars
from speeches.extraction.pieces import needed
from speeches.extraction.prefilter import Sieve, bits, longest_words
from tests.speeches.extraction.rule_examples import EXAMPLES

# What the examples of the rules are made of: words of one to four characters, marks and figures; and what is unusual.
SNIPPETS = sorted(
    {
        snippet
        for examples in EXAMPLES.values()
        for example in (*examples[0], *examples[1])
        for snippet in re.findall("[\u4e00-\u9fff]{1,4}|[^\u4e00-\u9fff]", example)
    }
    | {"\n", "\0", "\uff12", "٣", "一", "了", "对"}
)


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("月底", {"月底"}),
        ("年内|限期", {"年内", "限期"}),
        ("把[^，]{2,9}(?:修好|装上)", {"修好", "装上"}),
        ("[把将].*走", {"走"}),
        ("之?内部", {"内部"}),
        ("(?<!不)要(?=办)", {"要"}),
        ("[一二]+月", {"一月", "二月"}),
        ("[一二]+(?:月底?|周)", {"一月", "二月", "一周", "二周"}),
        ("[把将][^，]*(?:修|装)+好", {"修好", "装好"}),
        ("^(?:也|还)?", None),
        ("[^，]+", None),
    ],
)
def test_every_match_has_one_of_the_pieces(pattern, pieces):
    assert needed(pattern) == (frozenset(pieces) if pieces else None)


def test_only_patterns_with_a_piece_in_the_text_pass():
    sieve = Sieve(["月底|年内", "查清", "[^，]+", None])

    assert list(bits(sieve.passing("年内办完"))) == [0, 2]


@pytest.mark.parametrize(
    ("pattern", "text", "holds"),
    [
        pytest.param(
            "甲|(乙)一\\1|(丙)就\\2", "丙就丙", True, id="an alternative that looks back at its own group"
        ),
        pytest.param("甲|(乙)一\\1|(丙)就\\2", "丙就乙", False, id="and does not find it"),
        pytest.param("[|甲]乙|丙", "|乙", True, id="a bar in a class is no alternative"),
        pytest.param("(?:甲|乙)丙|丁", "乙丁", True, id="nor is one in brackets"),
        pytest.param("[^。；]$", "办好。", False, id="only the end is looked at"),
        pytest.param("[^。；]$", "。办好\n", True, id="a line break after the end is no end"),
        pytest.param(r"\d个", "３个", True, id="wide digits are digits"),
        pytest.param("^(?:也|还)?要|干", "还要修", True, id="the first character may open a match"),
        pytest.param("^(?:也|还)?要|干", "先干", True, id="only what is bound to the start asks for it"),
        pytest.param("^(?:也|还)?要", "先还要修", False, id="what is bound to the start is not found later"),
        pytest.param("(?:^|，)也要", "也要，", True, id="the start of a text is as good as a mark"),
        pytest.param("(?:^|，)也要", "还\0也要", False, id="a character that looks like an edge is none"),
        pytest.param("办好(?:。|$)", "办好\n", True, id="$ holds before a last line break"),
        pytest.param("办好(?:。|$)", "办好\n。", False, id="and before no other"),
        pytest.param("办好(?:。|$)", "办好\0。", False, id="nor before what looks like an edge"),
        pytest.param(r"第\d周|20年", "第\uff12周", True, id="a digit of another script"),
        pytest.param(r"第\d周|20年", "\uff120年", False, id="is no digit that is spelt out"),
        pytest.param("[一二]+(?:天|个?月)(?:内|之?前)", "三天前二月前", True, id="where long lists meet"),
    ],
)
def test_the_sieve_finds_what_a_search_finds(pattern, text, holds):
    assert bool(re.search(pattern, text)) is holds
    assert bool(Sieve([pattern]).matching(text)) is holds


def test_the_sieve_answers_as_every_pattern_by_itself(demo_sentences, engine_patterns):
    sieve = Sieve(engine_patterns)

    for sentence in demo_sentences:
        matching = {n for n, pattern in enumerate(engine_patterns) if re.search(pattern, sentence)}
        assert set(bits(sieve.matching(sentence))) == matching
        assert matching <= set(bits(sieve.passing(sentence)))


@settings(max_examples=60)
@given(st.data())
def test_the_sieve_answers_so_on_made_up_texts_too(engine_sieve, data):
    patterns, sieve = engine_sieve
    text = "".join(data.draw(st.lists(st.sampled_from(SNIPPETS), max_size=9)))

    assert set(bits(sieve.matching(text))) == {
        n for n, pattern in enumerate(patterns) if pattern.search(text)
    }


@pytest.fixture(params=["ahocorasick_rs", "python"])
def either_way(request, monkeypatch):
    if request.param == "python":
        monkeypatch.setattr(prefilter, "library", None)


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "text", ["", "要修好水渠", "修好水渠要", "水渠水渠", "\ud800要修好", "𝟙要修好水渠😀要"]
)
def test_the_longest_words_are_found_with_and_without_the_library(text):
    words = ["要", "修", "修好水渠", "修好", "水", "水渠", "好"]

    found = [text[start:end] for _, start, end in longest_words(words)(text)]

    assert found == re.findall("修好水渠|修好|修|水渠|水|要|好", text)


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("text", ["", "月底前查清", "\ud800月底", "😀查清"])
def test_the_sieve_answers_alike_with_and_without_the_library(text):
    patterns = ["月底", "查[清明]", "(?<!月)底前", "[^，]$"]

    sieve = Sieve(patterns)

    assert list(bits(sieve.matching(text))) == [
        n for n, pattern in enumerate(patterns) if re.search(pattern, text)
    ]


@pytest.fixture(scope="module")
def engine_sieve(engine_patterns):
    return [re.compile(pattern) for pattern in engine_patterns], Sieve(engine_patterns)


@pytest.fixture(scope="module")
def engine_patterns():
    from speeches.extraction.rules import RULES
    from speeches.extraction.signals import Like
    from speeches.extraction.time_matches import RULES as TIME_RULES

    rules = [rule.holds.pattern for rule in RULES if isinstance(rule.holds, Like)]
    return [*rules, *(rule.pattern.pattern for rule in TIME_RULES)]


@pytest.fixture
def demo_sentences():
    from pathlib import Path

    folder = Path(__file__).parents[3]
    texts = [*folder.glob("speeches/demo/*.txt"), *folder.glob("tests/gold/*.txt")]
    return [piece for text in texts for piece in re.split(r"[。；\n]", text.read_text()) if piece]


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [
        pytest.param("(?<!不)要|请(?!假)", "要请", id="looks around say nothing"),
        pytest.param("(?:也|还)*(?>由|请)", "也还由请", id="what may be missing and what follows"),
        pytest.param("[把将]?在", "把将在", id="a class that may be missing"),
    ],
)
def test_a_match_begins_with_one_of_the_first_characters(pattern, chars):
    assert first_chars(re.compile(pattern)) == frozenset(chars)


@pytest.mark.parametrize("pattern", ["[一-龥]要", "(?:要)*", "[^，]"])
def test_first_characters_are_not_told_where_they_are_many_or_none(pattern):
    with pytest.raises(ValueError, match="a match may"):
        first_chars(re.compile(pattern))
