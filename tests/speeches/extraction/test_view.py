"""What the rules see of a segment: its verbs, its objects, its turn."""

import pytest

from speeches.extraction.analysis import analyse
from speeches.extraction.view import PIVOT


def only(text):
    (view,) = analyse(text)
    return view


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        pytest.param("进一步健全应急预案。", "健全", id="adverbs are skipped"),
        pytest.param("加快推进旧城改造。", "推进", id="an adverb that is a verb gives way"),
        pytest.param("今年我镇要新建两座水塔。", "新建", id="after the modal"),
        pytest.param("教务处每周检查一次教案。", "检查", id="after the subject"),
        pytest.param("天气渐渐凉。", "", id="no action"),
    ],
)
def test_the_main_verb_is_found(text, verb):
    assert only(text).main.verb == verb


@pytest.mark.parametrize("text", ["这项工作需要时间。", "主要道路很宽。", "按照上级要求。", "首要的是稳。"])
def test_longer_words_keep_their_yao(text):
    assert not only(text).count("must")


@pytest.mark.parametrize("text", ["为了方便群众。", "除了周末。", "了解情况。"])
def test_longer_words_keep_their_le(text):
    assert not only(text).count("perfective")


def test_words_before_the_turn_are_only_the_occasion():
    view = only("目前还有三个村没有通水，对此水利局要抓紧施工。")

    assert view.facts & PIVOT
    assert view.count("problem") == 1
    assert view.count("problem", after_turn=True) == 0
