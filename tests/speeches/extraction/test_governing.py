"""Items that name nobody: the body of their sentence, lead-in or heading goes on; a new matter or subject ends it."""

from datetime import date

import pytest

from speeches.extraction.extract import extract
from speeches.extraction.model import Directory, Found

HEAD = "一、今年任务\n"


def tasks(text: str) -> tuple[Found, ...]:
    return extract(text, spoken_on=date(2026, 4, 15), directory=Directory()).tasks


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        pytest.param(
            "各乡镇要做好三件事：一是开展隐患排查，建立台账。二是修订应急预案，配齐雨衣、手电和冲锋舟。\n二、保障\n改造老旧小区12个。",
            ["各乡镇", "各乡镇", ""],
            id="lead-in-with-a-colon",
        ),
        pytest.param(
            "各乡镇要抓好三项工作。一是新建村级文化广场20个。二是完成厕所改造3000户。\n二、有关要求\n建立月通报制度。",
            ["各乡镇", "各乡镇", ""],
            id="lead-in-with-a-full-stop",
        ),
        pytest.param(
            "各学校要抓好以下工作：\n1.制定课后服务方案。\n2.建立家校联系册。\n二、保障\n新建文化站3所。",
            ["各学校", "各学校", ""],
            id="items-on-their-own-lines",
        ),
        pytest.param(
            "各县区：\n新建改建农村公路300公里。\n新建乡村公路桥6座。",
            ["各县区", ""],
            id="one-paragraph-only",
        ),
        pytest.param(
            "各学校要在4月底前完成食堂检查，建立台账；制定整改方案，逐项销号。",
            ["各学校", "各学校"],
            id="the-subject-of-the-sentence-goes-on",
        ),
        pytest.param(
            "（一）县住建局要抓紧做两件事，一是完成管网改造30公里，二是新建泵站2座。",
            ["县住建局", "县住建局"],
            id="items-inside-a-sentence",
        ),
        pytest.param(
            "一是各乡镇要开展土地清查；二是制定整改方案；三是建立巡查制度。",
            ["各乡镇", "", ""],
            id="siblings-stand-alone",
        ),
        pytest.param(
            "各乡镇要对辖区内的危旧房屋逐户摸底，建立台账。制定修缮方案，改造危房60户。",
            ["各乡镇", ""],
            id="not-past-a-full-stop",
        ),
    ],
)
def test_who_answers_for_what_names_nobody(text, leads):
    found = [task.lead[0] if task.lead else "" for task in tasks(HEAD + text)]
    assert found[: len(leads)] == leads


def test_an_inherited_unit_says_where_it_comes_from():
    own, inherited = tasks(HEAD + "教育局牵头，财政局配合，4月底前制定方案；建立联席会议制度。")
    phrases = [reason.phrase for reason in inherited.reasons if reason.rule == "who.inherited"]
    assert (inherited.lead, inherited.co) == (("教育局",), ("财政局",))
    assert phrases == ["责任单位承接上文：教育局、财政局"]
    assert "who.inherited" not in {reason.rule for reason in own.reasons}


def test_a_unit_that_is_named_carries_no_such_reason():
    (task,) = tasks("六、德育处\n团委要在5月底前开展一次志愿服务活动。")
    assert task.lead == ("团委",)
    assert "who.inherited" not in {reason.rule for reason in task.reasons}
