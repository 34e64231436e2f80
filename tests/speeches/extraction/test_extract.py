"""The whole engine: roles, tasks, owners, and what holds for every text whatever."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.extraction import ENGINE_VERSION, Directory, extract, score, to_json
from speeches.extraction.model import Kind, Role

DAY = date(2026, 3, 2)


def run(text):
    return extract(text, spoken_on=DAY, directory=Directory())


def roles(text):
    return [one.role for one in run(text).sentences]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("要在4月底前完成全镇危房排查，建立台账。", id="modal and date"),
        pytest.param("新建村级幸福院6所。", id="bare verb phrase"),
        pytest.param("由住建局牵头，城管局配合，开展占道经营专项整治。", id="by whom"),
        pytest.param("对逾期不拆的，依法强制拆除。", id="treatment"),
        pytest.param("区政府决定用两年时间解决城北群众吃水问题。", id="commitment"),
        pytest.param("小陈你负责把抽水机修好，明天晚上前给我回话。", id="spoken"),
        pytest.param(
            "目前还有8个村没有通客车，对此交通局要抓紧开通班线。", id="problem that turns into an order"
        ),
    ],
)
def test_definite_work_ahead_is_a_task(text):
    assert roles(text) == [Role.TASK]


@pytest.mark.parametrize(
    "text",
    [
        "要切实提高政治站位，增强责任感和使命感。",
        "各级各部门要高度重视，狠抓落实。",
        "不断提升群众的获得感、幸福感、安全感。",
    ],
)
def test_soft_demands_are_requirements(text):
    assert roles(text) == [Role.REQUIREMENT]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("一、去年工作回顾\n新建村级幸福院6所。", id="review"),
        pytest.param("去年，我们新建了6所幸福院。", id="perfective"),
        pytest.param("教育是民族振兴的基石。", id="rationale"),
        pytest.param("我们的短板还不少，个别村道路仍然不通。", id="problem"),
        pytest.param("原定的观摩会不开了。", id="called off"),
        pytest.param("同志们，让我们携手奋进，谱写新的篇章！", id="rhetoric"),
        pytest.param("下面，我讲三点意见。", id="procedure"),
    ],
)
def test_everything_else_yields_nothing(text):
    extraction = run(text)

    assert extraction.tasks == ()
    assert extraction.requirements == ()


def test_the_same_words_are_a_task_only_in_the_plan():
    review, plan = "一、工作回顾\n改造老旧小区12个。", "一、今年任务\n改造老旧小区12个。"

    assert run(review).tasks == ()
    assert [task.quote for task in run(plan).tasks] == ["改造老旧小区12个。"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("严禁在林区野外用火。", Kind.FORBID),
        ("新建敬老院1所。", Kind.DO),
        ("可以通过举办招聘会等形式，帮助返乡人员就业。", Kind.SUGGEST),
        ("县委决定设立2000万元产业发展基金。", Kind.COMMIT),
    ],
)
def test_how_a_task_binds(text, kind):
    (task,) = run(text).tasks

    assert task.kind is kind


def test_a_closing_bracket_answers_for_its_whole_paragraph():
    text = "一、重点任务\n改造农贸市场5个。新建公共厕所20座。（责任单位：城管局）\n"

    first, second = run(text).tasks

    assert first.lead == second.lead == ("城管局",)


def test_a_task_carries_its_section_and_its_reasons():
    (task,) = run("二、重点任务\n（一）改善民生。\n新建村级幸福院6所。").tasks

    assert task.section == ("二、重点任务", "（一）改善民生")
    assert {"figure", "verb.hard"} <= {reason.rule for reason in task.reasons}
    assert 0 < task.score <= 1


def test_sections_keep_the_words_of_the_speech_even_where_synonyms_are_read_for_others():
    text = "二、当心展开安全检查\n各校要仔细排查，准时整改。要展开宿舍电线排查，准时更换老化电线。\n新建消防水池6座。"

    sections = {name for one in run(text).tasks for name in one.section}

    assert sections == {"二、当心展开安全检查"}


def test_a_heading_that_is_a_body_answers_for_what_stands_under_it_only():
    text = "三、教务处\n9月10日前编好课程表。\n四、工作纪律\n9月15日前建立考勤台账。"

    under, after = run(text).tasks

    assert (under.lead, after.lead) == (("教务处",), ())


def test_the_json_form_has_the_stable_keys():
    data = to_json(run("要在4月底前完成危房排查。"))

    assert set(data) == {"body", "speeches", "tasks", "requirements", "sentences"}
    assert {
        "start",
        "end",
        "quote",
        "title",
        "section",
        "kind",
        "lead",
        "co",
        "due",
        "due_phrase",
        "recur",
    } <= set(data["tasks"][0])
    assert {"figures", "items", "score", "reasons"} <= set(data["tasks"][0])


FRAGMENTS = st.sampled_from(
    ["一、", "（一）", "1.", "一是", "首先，", "要", "建设", "12个", "“", "”", "（", "）", "(", ")", "《", "。", "；", "，", "：", "！", "\n", "\n\n", " ", "　",
     "责任单位：", "教育局", "牵头", "6月底前", "同志们", "回顾", "\ufeff", "\u200b", "𠮷", "a", "\x00", "\r"]
)  # fmt: skip
HOSTILE = st.one_of(st.text(max_size=300), st.lists(FRAGMENTS, max_size=120).map("".join))


@settings(max_examples=150, deadline=None)
@given(text=HOSTILE)
def test_any_text_keeps_the_contract(text):
    extraction = run(text)

    assert extraction.body == text
    spans = [(one.start, one.end) for one in extraction.sentences]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert [c for c in covered if c.isalnum()] == [c for c in text if c.isalnum()]
    found = sorted((one.start, one.end) for one in (*extraction.tasks, *extraction.requirements))
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(
        one.quote == text[one.start : one.end] and one.title
        for one in (*extraction.tasks, *extraction.requirements)
    )


@settings(max_examples=40, deadline=None)
@given(text=HOSTILE)
def test_the_same_text_gives_the_same_result(text):
    assert run(text) == run(text)


def test_importing_the_engine_loads_no_dictionary():
    import subprocess
    import sys

    code = "import sys, speeches.extraction; sys.exit('jieba' in sys.modules or 'django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "piece",
    ["1", "要", "（", "“", "一、", "修路；", "（责任单位：甲", "把某", "《", "，", "责任单位：甲局\n"],
)
def test_a_long_hostile_line_costs_no_more_than_an_honest_one(piece):
    started = time.process_time()

    run(piece * (30_000 // len(piece)))

    # An honest text of this length takes about a fifth of a second; a quadratic rule takes minutes.
    assert time.process_time() - started < 10


def test_the_version_changes_with_the_weights(monkeypatch):
    before = score.fingerprint()
    monkeypatch.setitem(score.DIRECTIVE, "must", score.DIRECTIVE["must"] + 0.1)

    assert f"5-{before}" == ENGINE_VERSION
    assert score.fingerprint() != before


def test_no_reason_repeats_a_weaker_one():
    text = "今年新建5所幼儿园、3座水库和2条公路，建立管护机制，开展专项检查，制定实施方案。"
    (task,) = run(text).tasks
    rules = {reason.rule for reason in task.reasons}

    assert "definite.many" in rules
    assert "definite.some" not in rules


def test_the_boxes_of_a_measure_are_one_task_with_it():
    below = "问题4：渗滤液积存。\n整改措施：租用两套处理设备，修复原有设施。\n责任单位：县城管局\n完成时限：2026年6月20日前\n"
    above = "问题4：渗滤液积存。\n责任单位：县城管局\n完成时限：2026年6月20日前\n整改措施：租用两套处理设备，修复原有设施。\n"
    for text in (below, above):
        task = run(text).tasks[0]

        assert len(run(text).tasks) == 1
        assert (task.lead, task.due) == (("县城管局",), date(2026, 6, 20))
        assert task.quote.startswith(("整改措施", "责任单位"))
        assert "完成时限" in task.quote
        assert task.title.startswith("租用两套处理设备")


def test_the_boxes_of_a_breakdown_name_lead_and_partners():
    text = "一、主要目标\n1. 财政收入增长8%左右。\n牵头负责领导：金某。\n牵头责任单位：市财政局。\n协同责任单位：市税务局、各县、市、区政府。\n2. 新建校舍3万平方米。\n责任单位：教育局、住建局（列第一位者为牵头单位，下同）\n"
    first, second = run(text).tasks

    assert first.lead == ("市财政局",)
    assert "市税务局" in first.co
    assert (second.lead, second.co) == (("教育局",), ("住建局",))


def test_the_speaker_in_a_title_is_not_told_to_act():
    text = "教育局局长在招生工作会议上的讲话\n一、工作安排\n建立招生台账，制定分片方案。\n"

    assert {task.lead for task in run(text).tasks} == {()}


def test_the_boxes_below_an_item_answer_for_it():
    text = "问题1：账目公开不及时。\n（1）对全县村账目开展一轮检查。\n（2）建立村务公开调度制度。\n责任单位：县农业农村局\n整改时限：2026年6月30日\n"
    tasks = run(text).tasks

    assert [task.lead for task in tasks] == [("县农业农村局",), ("县农业农村局",)]
    assert {task.due for task in tasks} == {date(2026, 6, 30)}
