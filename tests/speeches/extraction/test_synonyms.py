"""Spun synonyms are matched as the words they stand for."""

from speeches.extraction.synonyms import matching_text

SPUN = "要当心工作方法，充足发挥作用，宽敞党员要仔细贯彻，准时解决问题，展开安全检查。"


def test_a_spun_text_is_read_with_the_words_it_stands_for():
    assert "广大党员要认真贯彻" in matching_text(SPUN)


def test_every_offset_stays():
    assert len(matching_text(SPUN)) == len(SPUN)


def test_an_ordinary_text_is_left_alone():
    text = "展开地图看清地形，确定路线，准备好工具。"

    assert matching_text(text) == text
