"""Every line of page furniture that is known goes; every line of speech that looks a little like one stays."""

import pytest

from speeches.reading.clean import clean
from tests.speeches.reading.samples import SPEECH

ABOVE = [
    "首页 > 讲话范文 > 某镇长在全镇春灌会上的讲话 >",
    "当前位置：首页 > 领导讲话",
    "首页 / 政务公开 / 领导讲话",
    "您现在的位置：主页 » 公文写作 » 讲话",
    "范文网 > 实用范文 > 会议发言 > 春灌工作讲话",
    "首页 | 新闻 | 公文 | 下载 | 关于",
    "还剩4页未读，继续阅读",
    "文本内容:",
    "春灌讲话.docx",
    "《春灌讲话.docx》由会员分享，可在线阅读，更多相关《春灌讲话.docx（8页珍藏版）》请在某文库上搜索。",
    "时间: 小禾302 分享",
    "来源：青溪镇政府办 作者：佚名 发布时间：2026-03-02 点击：128次",
    "责任编辑：小满",
    "编辑：小满",
    "发布时间：2026-03-02 10:20",
    "浏览次数：1024",
    "阅读 2031",
    "【字体：大 中 小】",
    "【打印】【关闭】",
    "编辑 小满 2026-03-02 10:20",
]
BELOW = [
    "预览阅读已结束，若您需要写相关文章，请扫码联系老师写作！",
    "扫一扫下载全文",
    "开通会员，免费下载全部范文",
    "点击下载本文档",
    "上一篇：镇长在植树会上的讲话",
    "下一篇：没有了",
    "返回顶部",
    "版权所有 © 某某范文网",
    "Copyright 2026 All Rights Reserved",
    "京ICP备12345678号-1",
    "声明：本文由网友上传，如有侵权请联系本站删除。",
    "本文来源于网络，仅供参考。",
    "未经许可不得转载",
    "分享到：微信 微博 空间",
    "展开全文",
    "限制150内",
    "1474740",
    "- 配套讲稿:",
    "第 8 页 共 8 页",
    "— 8 —",
    "上一页 1 2 3 下一页",
]
STAYS = [
    "一是压实责任。",
    "——2026年3月2日在全镇春灌工作会议上",
    "（2026年3月2日）",
    "时间：2026年3月2日上午9点",
    "地点：镇政府三楼会议室",
    "主持人：王保田",
    "镇长 王保田",
    "谢谢大家！",
    "要打开首页，天天更新。",
    "首页/公众号/大屏都要更新，党政办负责。",
    "主页→公众号→大屏，一处不漏地更新。",
    "会后请大家扫码关注“青溪发布”。",
    "各村要预览宣传片，看完要讨论。",
    "把责任编辑成册发到户。",
    "来源要查清，去向要说明。",
    "任务清单共3页，人手一份。",
    "春灌/秋灌/冬灌",
    "从水源到田头>从田头到地块",
    "分享丰收的喜悦",
    "2026",
    "王保田",
    "2026年3月2日",
]


@pytest.mark.parametrize("line", ABOVE)
def test_furniture_above_the_speech_goes(line):
    assert clean(f"{line}\n{SPEECH}").body == SPEECH


@pytest.mark.parametrize("line", BELOW)
def test_furniture_below_the_speech_goes(line):
    assert clean(f"{SPEECH}\n\n{line}").body == SPEECH


def test_all_of_it_together_goes_and_the_notes_say_what_it_was():
    cleaned = clean("\n".join([*ABOVE[:12], SPEECH, *BELOW[:12]]))
    assert cleaned.body == SPEECH
    assert {note.split(" ")[0] for note in cleaned.notes} >= {
        "删去网页导航",
        "删去文库广告",
        "删去编辑发布信息",
        "删去版权声明",
    }


@pytest.mark.parametrize("line", STAYS)
def test_a_line_of_speech_that_looks_a_little_like_furniture_stays(line):
    before, after = SPEECH.split("\n", 1)
    for text in (f"{before}\n{line}\n{after}", f"{SPEECH}\n{line}"):
        assert line in clean(text).body.split("\n")


@pytest.mark.parametrize("line", [line for line in ABOVE if line not in ("编辑：小满",)][8:] + BELOW[11:])
def test_doubtful_furniture_in_the_middle_of_a_speech_is_left_to_the_engine_or_dropped_whole(line):
    before, after = SPEECH.split("\n一、", 1)
    body = clean(f"{before}\n{line}\n一、{after}").body
    assert body.replace(f"\n{line}\n", "\n") == SPEECH


def test_a_list_of_links_under_the_speech_is_cut_from_its_heading_on():
    links = "相关文章：\n镇长在植树会上的讲话\n镇长在防火会上的讲话\n2026年春灌方案"
    assert clean(f"{SPEECH}\n{links}").body == SPEECH


def test_the_licence_of_a_wiki_page_is_cut_with_its_scraps():
    licence = "本作品是中华人民共和国的\n法规\n，属于\n公有领域\n。\nPublic domain\nfalse"
    assert clean(f"{SPEECH}\n{licence}").body == SPEECH


def test_the_words_under_a_keyword_label_go_with_it():
    assert clean(f"{SPEECH}\n- 关 键 词:\n- 2026 春灌 工作 会议 讲话").body == SPEECH


def test_titles_in_removed_lines_are_kept_as_hints():
    hints = clean("首页 > 讲话 > 在春灌会上的讲话 >\n《在植树会上的讲话.docx》由会员分享\n" + SPEECH).hints
    assert hints == ("在春灌会上的讲话", "在植树会上的讲话")


@pytest.mark.parametrize(
    "line",
    [
        "a>" * 95 + "。",
        "首页" + "> " * 90 + "。",
        "首页" + "中" * 190 + "x",
        "1" * 190 + "下一页x",
        "首页" + " | 文" * 60 + "。",
    ],
)
def test_a_long_line_of_navigation_signs_is_judged_at_once(line):
    # With a pattern that can split such a line in many ways this test never ends.
    assert line in clean(f"{line}\n{SPEECH}").body
