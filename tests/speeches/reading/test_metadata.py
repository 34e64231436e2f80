"""What a text says of itself is proposed; what it does not say stays blank."""

from collections.abc import Sequence
from datetime import date

import pytest

from speeches.reading import Metadata, propose_metadata, read_text
from speeches.reading.dates import parse_date

BODY = "今天开这个会，是请大家把春灌的事再对一遍，2025年12月1日那次会定的事，有几件还没有落地。"


def meta(*head: str, tail: Sequence[str] = ()) -> Metadata:
    return propose_metadata("\n".join([*head, "同志们：", BODY, *tail]))


def test_the_usual_head_of_a_speech_gives_everything():
    said = meta("在全镇春灌工作会议上的讲话", "中共青溪镇委员会书记 王保田", "（2026年3月2日）")
    assert said == Metadata(
        "在全镇春灌工作会议上的讲话", "王保田", "全镇春灌工作会议", date(2026, 3, 2), "speech"
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        pytest.param(["在全镇春灌工作会议暨", "水利冬修总结会议上的讲话"], "在全镇春灌工作会议暨水利冬修总结会议上的讲话", id="two-lines"),
        pytest.param(["不误农时 抓好春灌", "——在全镇春灌工作会议上的讲话"], "不误农时 抓好春灌——在全镇春灌工作会议上的讲话", id="subtitle"),
        pytest.param(["青溪镇人民政府", "关于做好2026年春灌工作的通知"], "青溪镇人民政府关于做好2026年春灌工作的通知", id="organ-and-matter"),
        pytest.param(["青溪镇人民政府文件", "青政〔2026〕3号", "关于印发春灌方案的通知"], "关于印发春灌方案的通知", id="red-head"),
        pytest.param(["镇长 王保田", "在全镇春灌工作会议上的讲话"], "在全镇春灌工作会议上的讲话", id="speaker-above"),
        pytest.param(["在全镇春灌工作会议上的讲话（完整版）"], "在全镇春灌工作会议上的讲话", id="remark-on-the-copy"),
        pytest.param(["在全镇春灌工作会议上的讲话（二）"], "在全镇春灌工作会议上的讲话（二）", id="its-own-number"),
        pytest.param(["春灌动员"], "春灌动员", id="any-short-line"),
        pytest.param([], "", id="none"),
        pytest.param(["2026年3月2日"], "", id="a-day-is-no-title"),
    ],
)  # fmt: skip
def test_the_title_is_what_stands_at_the_top(head, title):
    assert meta(*head).title == title


def test_a_title_run_into_the_first_sentence_is_cut_out():
    text = f"在2026年全镇春灌工作会议上的讲话同志们今天{BODY}"
    assert propose_metadata(text).title == "在2026年全镇春灌工作会议上的讲话"


@pytest.mark.parametrize(
    ("name", "hints", "title"),
    [
        ("在全镇植树会上的讲话.docx", (), "在全镇植树会上的讲话"),
        ("C:\\文稿\\在全镇植树会上的讲话.docx", (), "在全镇植树会上的讲话"),
        ("新建文档.docx", (), ""),
        ("1.txt", ("在全镇防火会上的讲话",), "在全镇防火会上的讲话"),
        ("在全镇植树会上的讲话.docx", ("在全镇防火会上的讲话",), "在全镇防火会上的讲话"),
    ],
)
def test_without_a_title_the_removed_lines_and_then_the_file_name_help(name, hints, title):
    assert propose_metadata(f"同志们：\n{BODY}", name=name, hints=hints).title == title


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        pytest.param(["王保田"], "王保田", id="name-alone"),
        pytest.param(["（王保田）"], "王保田", id="name-in-brackets"),
        pytest.param(["王 保 田"], "王保田", id="name-set-wide"),
        pytest.param(["王  田"], "王田", id="two-characters-set-wide"),
        pytest.param(["县委副书记、县长 欧阳春"], "欧阳春", id="two-posts-double-surname"),
        pytest.param(["青溪镇党委书记王保田"], "王保田", id="without-a-gap"),
        pytest.param(["县长 阿依古丽·买买提"], "阿依古丽·买买提", id="name-with-a-dot"),
        pytest.param(["（2026年3月2日 王保田）"], "王保田", id="with-the-day"),
        pytest.param(["（镇长 王保田 2026年3月2日）"], "王保田", id="post-name-day"),
        pytest.param(["讲话人：王保田"], "王保田", id="label"),
        pytest.param(["发言人：水利站 王保田"], "王保田", id="label-with-organ"),
        pytest.param(["镇长"], "", id="too-little"),
        pytest.param(["青溪镇党委书记"], "青溪镇党委书记", id="post-alone"),
        pytest.param(["XXX"], "", id="placeholder"),
        pytest.param(["镇长 XXX"], "", id="post-and-placeholder"),
        pytest.param(["实施方案"], "", id="a-word-is-no-name"),
        pytest.param(["文件"], "", id="a-surname-is-no-name"),
    ],
)
def test_the_speaker_stands_under_the_title(head, speaker):
    assert meta("在全镇春灌工作会议上的讲话", *head).speaker == speaker


@pytest.mark.parametrize(
    ("title", "speaker", "meeting"),
    [
        ("王保田同志在全镇春灌工作会议上的讲话", "王保田", "全镇春灌工作会议"),
        ("县长王保田在全县防汛抗旱动员大会上的讲话", "王保田", "全县防汛抗旱动员大会"),
        ("某区委书记在全区骨干培训班上的讲话", "某区委书记", "全区骨干培训班"),
        ("王保田同志在青溪镇调研时的讲话", "王保田", ""),
        ("全镇春灌工作会议讲话", "", "全镇春灌工作会议"),
        ("在年度(扩大)例会上讲话", "", "年度(扩大)例会"),
        ("2026年3月2日在全镇春灌工作会议上的讲话", "", "全镇春灌工作会议"),
        ("在青年干部座谈会上的总结讲话", "", "青年干部座谈会"),
        ("在新的基础上再加一把劲", "", ""),
    ],
)
def test_the_title_names_speaker_and_meeting(title, speaker, meeting):
    said = meta(title)
    assert (said.speaker, said.meeting) == (speaker, meeting)


@pytest.mark.parametrize(
    ("head", "held_on"),
    [
        pytest.param(["（2026年3月2日）"], date(2026, 3, 2), id="brackets"),
        pytest.param(["二〇二六年三月十二日"], date(2026, 3, 12), id="chinese"),
        pytest.param(["二○二六年十二月三十一日"], date(2026, 12, 31), id="chinese-circle"),
        pytest.param(["2026-03-02"], date(2026, 3, 2), id="dashes"),
        pytest.param(["2026.3.2 王保田"], date(2026, 3, 2), id="dots-and-name"),
        pytest.param(["时间：2026年3月2日上午9:00"], date(2026, 3, 2), id="label"),
        pytest.param(["会议时间：2026 年 3 月 2 日"], date(2026, 3, 2), id="label-with-gaps"),
        pytest.param(["——2026年3月2日在青溪镇人民代表大会上", "时间：2026-03-09"], date(2026, 3, 2), id="subtitle-before-label"),
        pytest.param(["（20xx年3月2日）"], None, id="placeholder"),
        pytest.param(["（2026年2月30日）"], None, id="no-such-day"),
        pytest.param(["（2026年3月）"], None, id="no-day"),
        pytest.param(["时间：小禾302"], None, id="a-number-is-no-day"),
        pytest.param([], None, id="days-in-the-speech-are-not-it"),
    ],
)  # fmt: skip
def test_the_day_is_the_one_in_the_head(head, held_on):
    assert meta("全镇春灌工作动员", *head).held_on == held_on


def test_a_signature_gives_speaker_and_day():
    said = meta("在全镇春灌工作会议上的讲话", tail=["谢谢大家！", "王保田", "2026年3月2日"])
    assert (said.speaker, said.held_on) == ("王保田", date(2026, 3, 2))


MINUTES = (
    "青溪镇春灌工作专题会议纪要\n〔2026〕第3期\n时间：2026年3月2日上午\n地点：镇政府三楼\n主持人：王保田\n"
    "出席：水利站、农技站、各村\n会议听取了春灌准备情况的汇报，议定以下事项，各村要照办，不得拖延，过期通报。"
)


def test_minutes_give_meeting_and_day_and_name_no_speaker():
    said = propose_metadata(MINUTES)
    assert said == Metadata(
        "青溪镇春灌工作专题会议纪要", "", "青溪镇春灌工作专题会议", date(2026, 3, 2), "minutes"
    )


def test_minutes_without_a_label_are_dated_by_their_first_sentence():
    text = "镇长办公会会议纪要\n2026年3月2日上午，镇长王保田主持召开办公会，研究春灌用水和机井登记，议定事项如下。"
    said = propose_metadata(text)
    assert (said.meeting, said.held_on) == ("镇长办公会", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("在全镇春灌工作会议上的讲话", "speech"),
        ("2026年青溪镇人民政府工作报告", "speech"),
        ("镇长办公会议纪要", "minutes"),
        ("王保田同志关于春灌用水的批示", "instruction"),
        ("关于做好春灌工作的通知", "document"),
        ("青溪镇春灌实施方案（试行）", "document"),
        ("春灌动员", "speech"),
    ],
)
def test_the_kind_follows_the_last_word_of_the_title(title, kind):
    assert meta(title).kind == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("一九九九年十月一日", date(1999, 10, 1)),
        ("二〇二六年元月廿三日", date(2026, 1, 23)),
        ("2026/3/2", date(2026, 3, 2)),
        ("编号2026-03-021", None),
        ("2026年3月", None),
        ("十二月三日", None),
    ],
)
def test_full_dates_are_parsed_and_partial_ones_are_not(text, day):
    assert parse_date(text) == day


def test_a_pasted_text_brings_its_proposals_along():
    reading = read_text("首页 > 讲话 > 春灌\n在全镇春灌工作会议上的讲话\n镇长 王保田\n同志们：\n" + BODY)
    assert (reading.meta.speaker, reading.meta.meeting) == ("王保田", "全镇春灌工作会议")
    assert reading.body.startswith("在全镇春灌工作会议上的讲话\n")
