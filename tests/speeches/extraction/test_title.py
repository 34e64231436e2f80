"""The row text of the 任务分解表."""

import pytest

from speeches.extraction.analysis import analyse
from speeches.extraction.title import LIMIT, title_of


def title(text):
    return title_of(analyse(text)[-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要进一步健全汛期值班制度。", "健全汛期值班制度"),
        ("同时，我们必须切实抓好秸秆禁烧。", "抓好秸秆禁烧"),
        ("以创建文明城市为契机，整治占道经营。", "整治占道经营"),
        ("二是新建村级卫生室12所；", "新建村级卫生室12所"),
        ("建设社区食堂。（民政局牵头，财政局配合）", "建设社区食堂"),
    ],
)
def test_it_starts_with_the_verb_and_drops_the_ornament(text, expected):
    assert title(text) == expected


def test_a_long_sentence_keeps_whole_clauses():
    text = "实施农村供水提升工程，新建水厂3座，铺设管网120公里，让群众喝上放心水，不断提高农村居民的生活质量和幸福指数。"

    assert title(text) == "实施农村供水提升工程，新建水厂3座，铺设管网120公里，让群众喝上放心水"


@pytest.mark.parametrize("text", ["推进" + "道路桥梁" * 30 + "建设。", "要" * 90, "。，；" + "甲" * 50])
def test_it_never_runs_over(text):
    assert 0 < len(title(text)) <= LIMIT
