"""Who is told to do it: bodies named in a task, as written; nobody where nobody is named."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction.model import Directory, Unit
from speeches.extraction.unit_names import match_unit, split_list
from speeches.extraction.units import find_responsible

EMPTY = Directory()
OFFICE = Directory(
    units=(
        Unit("云溪县教育体育局", "县教体局", ("教体局",), ("县直各部门",)),
        Unit("云溪县财政局", "县财政局", ("财政",), ("县直各部门",)),
        Unit("青山实验", "青实", (), ("各学校",)),
        Unit("督查科", "", ("督办组",)),
        Unit("督查科信息组"),
    )
)

NAMED = [
    ("subject-with-yao", "县教育局要抓紧修订招生办法。", "县教育局", ""),
    ("group-subject", "各学校要开展一次应急演练。", "各学校", ""),
    ("group-list", "各乡镇、各部门要逐级签订责任书。", "各乡镇", "各部门"),
    ("group-with-aside", "各乡镇（街道）要建好台账。", "各乡镇（街道）", ""),
    ("every-level", "各级各部门要公布举报电话。", "各级各部门", ""),
    ("adverb-is-not-swallowed", "各部门认真梳理问题清单。", "各部门", ""),
    ("verb-is-not-swallowed", "县应急局建立隐患台账。", "县应急局", ""),
    ("comma-before-yao", "各中心校，要把学籍核查一遍。", "各中心校", ""),
    ("time-between", "教育局务必于6月底前完成5所幼儿园改扩建。", "教育局", ""),
    ("time-between-2", "各乡镇5月15日前要完成摸底。", "各乡镇", ""),
    ("prepositional-between", "各学校在推进课改中要用好教研组。", "各学校", ""),
    ("must", "镇应急办必须把扑火队拉起来。", "镇应急办", ""),
    ("may-not", "各村不得以任何理由拒绝检查。", "各村", ""),
    ("negative", "劝导站不能只挂一块牌子。", "劝导站", ""),
    ("duty-verb", "供电所负责表前线路改造。", "供电所", ""),
    ("post", "校长要带头听课。", "校长", ""),
    ("posts", "区长、镇长是危房改造的第一责任人。", "区长", "镇长"),
    ("team", "镇班子成员至少到联系村检查两次。", "镇班子成员", ""),
    ("finance", "区财政要安排专项资金。", "区财政", ""),
    ("shared-ending", "财政、教育等部门要联合开展审计。", "财政、教育等部门", ""),
    ("shared-ending-2", "纪检、监察部门要全程监督。", "纪检、监察部门", ""),
    ("two-levels", "不足部分由县、乡两级政府解决。", "县、乡两级政府", ""),
    ("by-lead", "由派出所牵头，应急办、市场监管所参加，开展一次清查。", "派出所", "应急办 市场监管所"),
    ("lead-together", "林业站牵头，会同柏坪、上沟、下沟三个村，清理可燃物。", "林业站", "柏坪、上沟、下沟三个村"),
    ("lead-supports", "县发改委牵头，县财政局、县审计局配合，做好项目清理。", "县发改委", "县财政局 县审计局"),
    ("by-mid-sentence", "对整改不力的学校由督导室给予通报。", "督导室", ""),
    ("by-village", "涉及农户的由村里去做工作。", "村里", ""),
    ("ask", "请供电所拿出清单。", "供电所", ""),
    ("ask-departments", "请各部门抓好《办法》落实。", "各部门", ""),
    ("entrust", "责成县住建局三日内拿出方案。", "县住建局", ""),
    ("together-with", "县人社局会同县教育局制定实施细则。", "县人社局", "县教育局"),
    ("joint-and", "供电所和社区要一起想办法。", "供电所", "社区"),
    ("name-with-he", "工业和信息化局要培育五家龙头企业。", "工业和信息化局", ""),
    ("name-with-he-in-list", "住房和城乡建设局、交通运输局要联合验收。", "住房和城乡建设局", "交通运输局"),
    ("opens-with-a-verb", "建设局要抓好燃气管网改造。", "建设局", ""),
    ("opens-with-a-verb-2", "督查室要每周通报。", "督查室", ""),
    ("after-a-lead-in", "对此，区财政要想办法解决。", "区财政", ""),
    ("after-this-year", "今年，区政府要解决教师住房问题。", "区政府", ""),
    ("after-enumerator", "二是县卫健局要配齐校医。", "县卫健局", ""),
    ("after-number", "3.县公安局要整治校园周边交通。", "县公安局", ""),
    ("decided", "区委、区政府决定用两年时间建一所高中。", "区委", "区政府"),
    ("spoken-to-a-person", "小刘你负责跟到底。", "小刘", ""),
    ("spoken-to-a-team", "老张你们科下周把账对清楚。", "老张你们科", ""),
    ("named-person-with-post", "交通专干小余跟到底。", "交通专干小余", ""),
    ("quoted", "“两站两员”要顶上去。", "两站两员", ""),
    ("party", "镇党委要听取一次专题汇报。", "镇党委", ""),
    ("leading-group", "县教育工作领导小组要每季度研究一次。", "县教育工作领导小组", ""),
    ("special-team", "工作专班要每周调度。", "工作专班", ""),
    ("condition-of-body", "有条件的村可以设置集中停车点。", "有条件的村", ""),
    ("spread-over", "要在全县各学校、幼儿园开展安全演练。", "各学校", "幼儿园"),
    ("leaders-of", "各部门的主要负责同志要亲自抓。", "各部门的主要负责同志", ""),
    ("media", "新闻媒体要加大宣传。", "新闻媒体", ""),
    ("enterprise", "各企业要落实主体责任。", "各企业", ""),
    ("second-clause", "方案印发后，县财政局要在5日内拨付资金。", "县财政局", ""),
]  # fmt: skip

NOBODY = [
    ("we", "我们要建好五个示范点。"),
    ("all-county", "全县上下要行动起来，开展大排查。"),
    ("everyone", "大家要把台账建起来。"),
    ("comrades", "同志们，要把这件事办好。"),
    ("all-society", "全社会要关心支持教育。"),
    ("masses", "广大干部群众要积极参与。"),
    ("teachers", "教师要走访每一名学困生。"),
    ("government-in-general", "政府要带头讲诚信。"),
    ("our-district", "今年我区要加快薄弱学校改造。"),
    ("bare-verb", "加强学校管理，建立健全制度。"),
    ("bare-verb-2", "建设五所幼儿园。"),
    ("object-school", "督促各学校落实晨检制度。"),
    ("object-of-guiding", "指导各乡镇编制规划。"),
    ("target-of-inspection", "对各乡镇开展一次督查。"),
    ("receiver", "1月20日前名单报派出所和应急办。"),
    ("receiver-2", "材料报送县教育局。"),
    ("subject-is-a-thing", "学校管理水平要有明显提升。"),
    ("subject-is-a-thing-2", "综合融资成本必须降下来。"),
    ("fee", "中小学收取的杂费必须全部用于学校。"),
    ("scope-noun", "扩大农村幼儿园覆盖面。"),
    ("layout", "优化学校布局，要先易后难。"),
    ("situation", "大局要稳，格局要新。"),
    ("institution-built", "要成立教育督导室。"),
    ("from-to", "税率由16%降到13%。"),
    ("reason", "各校情况不同，不能一刀切地搞评比。"),
    ("people", "进山人员逐一登记。"),
    ("cases", "对违规办班的，发现一起查处一起。"),
    ("tax", "企业所得税优惠政策到期后继续执行。"),
    ("empty", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "co"), [row[1:] for row in NAMED], ids=[row[0] for row in NAMED])
def test_who_is_told_is_named_as_written(text, lead, co):
    found = find_responsible(text, directory=EMPTY)
    assert (found.lead, found.co) == (tuple(lead.split()), tuple(co.split()))


@pytest.mark.parametrize("text", [row[1] for row in NOBODY], ids=[row[0] for row in NOBODY])
def test_nobody_is_invented(text):
    found = find_responsible(text, directory=EMPTY)
    assert (found.lead, found.co) == ((), ())


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        pytest.param("县教体局建立台账。", "县教体局", id="short-name"),
        pytest.param("教体局建立台账。", "教体局", id="alias"),
        pytest.param("财政要安排资金。", "财政", id="alias-without-ending"),
        pytest.param("青山实验要先行一步。", "青山实验", id="name-without-ending"),
        pytest.param("督查科信息组要每周汇总。", "督查科信息组", id="longest-wins"),
        pytest.param("县直各部门要落实专人。", "县直各部门", id="group"),
        pytest.param("县审计局要开展审计。", "县审计局", id="stranger-kept-as-text"),
    ],
)
def test_names_of_the_directory_are_recognised(text, lead):
    assert find_responsible(text, directory=OFFICE).lead == (lead,)


def test_a_name_leads_to_its_unit_and_a_group_or_stranger_to_none():
    assert match_unit("教体局", OFFICE) is OFFICE.units[0]
    assert match_unit("各学校", OFFICE) is None
    assert match_unit("县审计局", OFFICE) is None


def test_inherited_bodies_count_only_when_the_text_names_none():
    governing = ("县教育局", "县财政局")
    bare = find_responsible("建成三所公办园。", directory=EMPTY, inherited=governing)
    own = find_responsible("各乡镇要建成三所公办园。", directory=EMPTY, inherited=governing)
    assert (bare.lead, bare.co) == (("县教育局",), ("县财政局",))
    assert (own.lead, own.co) == (("各乡镇",), ())


def test_a_bracket_goes_before_the_sentence_which_is_only_suggested():
    found = find_responsible("各学校要建好台账。（县教育局牵头）", directory=EMPTY)
    assert (found.lead, found.co, found.suggested) == (("县教育局",), (), ("各学校",))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("县教育局、县财政局和各乡镇", ["县教育局", "县财政局", "各乡镇"], id="list"),
        pytest.param("人力资源和社会保障局", ["人力资源和社会保障局"], id="inner-and"),
        pytest.param("中央和国家机关工委", ["中央和国家机关工委"], id="inner-and-2"),
        pytest.param("和平镇、西和县教育局", ["和平镇", "西和县教育局"], id="and-in-a-place"),
        pytest.param("县教育局、财政、人社等部门", ["县教育局", "财政、人社等部门"], id="shared-ending"),
        pytest.param("各县（市、区）人民政府", ["各县（市、区）人民政府"], id="comma-in-brackets"),
    ],
)
def test_lists_are_cut_where_names_end(text, names):
    assert split_list(text, EMPTY) == names


@given(st.text(alphabet="各县教育局学校要、，。（）和由请牵头负责配合财政村里“”建设管理\n ", max_size=60))
def test_any_text_gives_names_that_stand_in_it(text):
    found = find_responsible(text, directory=EMPTY)
    assert all(name in text for name in (*found.lead, *found.co, *found.suggested))


@pytest.mark.parametrize(
    "piece", ["各", "局", "由", "请各", "县教育局、", "和", "（责任单位：", "（", "，要", "小刘"]
)
def test_hostile_text_takes_linear_time(piece):
    def seconds(times: int) -> float:
        began = time.perf_counter()
        find_responsible(piece * times, directory=EMPTY)
        return time.perf_counter() - began

    seconds(50)
    small, large = min(seconds(1000) for _ in range(3)), seconds(8000)
    assert large < max(0.5, small * 8 * 4)  # eight times the text; quadratic would be 64 times the time
