"""The role of each stretch of a speech."""

import pytest

from speeches.extraction.segment import segments
from speeches.extraction.tree import places
from speeches.extraction.zones import Zone, zones


def last_zone(text):
    found = segments(text)
    return zones(text, found, places(text, found))[-1]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("一、去年工作回顾\n修建农村公路80公里。", Zone.REVIEW),
        ("一、工作回顾\n（一）加强队伍建设\n招录网格员。", Zone.REVIEW),
        ("一、工作回顾\n修路。\n二、今年重点任务\n修路。", Zone.PLAN),
        ("一、工作回顾\n修路。\n在看到成绩的同时，也要看到不少问题。\n道路窄。", Zone.PROBLEM),
        ("一、存在问题\n道路窄。\n下一步，抓紧拓宽。", Zone.PLAN),
        ("一、提高思想认识\n道路连着民心。", Zone.SITUATION),
        ("过去一年，我们修了路。架了桥。", Zone.REVIEW),
        ("过去一年，我们修了路。新的一年，要架桥。", Zone.PLAN),
        ("架桥。", Zone.PLAN),
        ("前三季度，全县接待游客40万人次。新增民宿12家。", Zone.REVIEW),
        ("入汛以来，全镇转移群众三次。没有一人受伤。", Zone.REVIEW),
        ("一、讲成绩\n民宿多起来。", Zone.REVIEW),
        ("一、摆问题\n道路窄。", Zone.PROBLEM),
        ("修路。\n但是，问题也要摆出来。道路窄。", Zone.PROBLEM),
        ("一、看清当前形势\n旱情还在发展。", Zone.SITUATION),
        ("在全镇会议上的讲话\n今天开个会。\n一、重点任务\n架桥。\n同志们，加油干！", Zone.CLOSING),
    ],
)
def test_heading_opening_words_and_switches_decide(text, zone):
    assert last_zone(text) is zone


def test_a_speech_begins_with_its_introduction():
    text = "在全镇会议上的讲话\n今天开个会。\n一、重点任务\n架桥。"
    found = segments(text)

    assert zones(text, found, places(text, found))[1] is Zone.INTRO
