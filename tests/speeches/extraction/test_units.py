"""Who is told to do it: bodies named in a task, as written; nobody where nobody is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.extraction.deadlines import best_deadline
from speeches.extraction.model import Directory, Unit
from speeches.extraction.unit_names import match_unit, split_list
from speeches.extraction.units import bodies_of_heading, find_responsible
from tests.speeches.extraction.blind_cases import BLIND
from tests.speeches.extraction.growth import grows_with_its_text

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
    ("more-01", "县发展和改革局要牵头做好项目谋划。", "县发展和改革局", ""),
    ("more-02", "各级党组织要把这项工作摆上重要位置，每季度研究一次。", "各级党组织", ""),
    ("more-03", "县委组织部、县人社局要联合制定引才办法。", "县委组织部", "县人社局"),
    ("more-04", "纪检监察机关要跟进监督。", "纪检监察机关", ""),
    ("more-05", "公安、交警部门要加强路面管控。", "公安、交警部门", ""),
    ("more-06", "公安机关要依法打击。", "公安机关", ""),
    ("more-07", "教育行政部门要建立台账。", "教育行政部门", ""),
    ("more-08", "行业主管部门要履行监管责任。", "行业主管部门", ""),
    ("more-09", "属地乡镇要落实巡查责任。", "属地乡镇", ""),
    ("more-10", "各村（居）委会要把通知送到户。", "各村（居）委会", ""),
    ("more-11", "各县（市、区）要于6月底前上报方案。", "各县（市、区）", ""),
    ("more-12", "有关部门要抓紧完善细则。", "有关部门", ""),
    ("more-13", "相关单位要主动认领任务。", "相关单位", ""),
    ("more-14", "各责任单位要倒排工期。", "各责任单位", ""),
    ("more-15", "各牵头单位要每月报送进展。", "各牵头单位", ""),
    ("more-16", "各专项组组长要亲自调度。", "各专项组组长", ""),
    ("more-17", "县政府办要做好督办。", "县政府办", ""),
    ("more-18", "县政府督查室负责跟踪问效。", "县政府督查室", ""),
    ("more-19", "两办督查室要加大督查力度，每周通报。", "两办督查室", ""),
    ("more-20", "市直各部门要带头落实。", "市直各部门", ""),
    ("more-21", "驻区各高校要开放体育场馆。", "驻区各高校", ""),
    ("more-22", "水务集团要在月底前完成抢修。", "水务集团", ""),
    ("more-23", "城投公司要加快手续办理。", "城投公司", ""),
    ("more-24", "银行机构要下沉服务。", "银行机构", ""),
    ("more-25", "村“两委”要组织村民代表会议。", "村“两委”", ""),
    ("more-26", "第一书记要住村。", "第一书记", ""),
    ("more-27", "包联领导要每月到企业走访一次。", "包联领导", ""),
    ("more-28", "教务处、政教处要联合排查。", "教务处", "政教处"),
    ("more-29", "班主任要逐一家访。", "班主任", ""),
    ("more-30", "学校党支部要开好组织生活会。", "学校党支部", ""),
    ("more-31", "年级组要做好分析。", "年级组", ""),
    ("more-32", "后勤处负责食堂改造。", "后勤处", ""),
    ("more-33", "总务处抓紧维修漏水屋面。", "总务处", ""),
    ("more-34", "工会要组织好教职工运动会。", "工会", ""),
    ("more-35", "团县委、县妇联要组织志愿者参与。", "团县委", "县妇联"),
    ("more-36", "县文旅局老王，你来牵头。", "县文旅局老王", ""),
    ("more-37", "李局长，你们局明天就去对接。", "李局长你们局", ""),
    ("more-38", "小周负责盯着这件事。", "小周", ""),
    ("more-39", "住建、城管两家要一起上。", "住建、城管两家", ""),
    ("more-40", "这个事由分管副县长负总责。", "分管副县长", ""),
    ("more-41", "由县教育局、县财政局共同研究提出方案。", "县教育局", "县财政局"),
    ("more-42", "由各乡镇具体实施。", "各乡镇", ""),
    ("more-43", "由第三方机构开展评估。", "第三方机构", ""),
    ("more-44", "请宣传部门做好解读。", "宣传部门", ""),
    ("more-45", "请财政局的同志会后留一下，把数对清楚。", "财政局的同志", ""),
    ("more-46", "希望各学校认真落实。", "各学校", ""),
    ("more-47", "要求各施工单位落实围挡。", "各施工单位", ""),
    ("more-49", "县财政要足额保障，县审计局要跟进审计。", "县财政", "县审计局"),
    ("more-50", "联合县公安局开展集中行动。", "县公安局", ""),
    ("more-53", "应急、消防、住建等部门按职责抓好落实。", "应急、消防、住建等部门", ""),
    ("more-54", "县卫健局和各乡镇卫生院要备足药品。", "县卫健局", "各乡镇卫生院"),
    ("more-55", "县融媒体中心开设专栏。", "县融媒体中心", ""),
    ("more-56", "县市场监管局每月抽检一次食堂食材。", "县市场监管局", ""),
    ("more-57", "交警大队每天上下学时段派人值守。", "交警大队", ""),
    ("more-58", "县教育局已制定方案，各校照此执行。", "各校", ""),
    ("more-59", "教育局长要亲自抓。", "教育局长", ""),
    ("more-60", "村委会主任是第一责任人。", "村委会主任", ""),
    ("more-78", "乡镇卫生院要配齐救护车。", "乡镇卫生院", ""),
    ("more-90", "幼儿园要普惠。", "幼儿园", ""),
    ("more-92", "市里要来检查。", "市里", ""),
    ("more-94", "上级部门要来督导。", "上级部门", ""),
    ("spoken-01", "县委办记一下，会后一个一个核。", "县委办", ""),
    ("spoken-02", "林管站，山脚那片坟地你们自己看着办，不要等通知。", "林管站", ""),
    ("spoken-03", "镇书记、镇长，你们两个去背也要背出来。", "镇书记", "镇长"),
    ("spoken-04", "堵不住的应急局调挖机进场。", "应急局", ""),
    ("spoken-05", "款一到账总务处马上组织施工。", "总务处", ""),
    ("spoken-06", "财务的同志下礼拜三之前把表发下去。", "财务的同志", ""),
    ("spoken-07", "电信、供电几家公司也要把抢修队摆到前面。", "电信、供电几家公司", ""),
    ("spoken-08", "小方，你看着办，月底给我回话。", "小方", ""),
    ("dated-01", "计划财务科本月25日前把账对清。", "计划财务科", ""),
    ("dated-02", "组织人事科11月底前把名册报来。", "组织人事科", ""),
    ("dated-03", "办公室12月18日前印发。", "办公室", ""),
    ("dated-04", "农业农村局今天晚上就把做法发下去。", "农业农村局", ""),
    ("dated-05", "考完一周之内各年级组开分析会。", "各年级组", ""),
    ("topic-01", "困难学生的事，资助中心不要等。", "资助中心", ""),
    ("topic-02", "这件事办公室牵头。", "办公室", ""),
    ("topic-03", "这项工作基础教育科负总责，教研室负责业务指导。", "基础教育科", "教研室"),
    ("partner-01", "安全管理科跟区交通部门对接。", "安全管理科", "区交通部门"),
    ("partner-02", "体卫艺科商市场监管部门拿出办法。", "体卫艺科", "市场监管部门"),
    ("partner-03", "计划财务科再跟区财政局对一次账。", "计划财务科", "区财政局"),
    ("partner-04", "基础教育科会同督导室每月抽查两所学校。", "基础教育科", "督导室"),
    ("supports-only", "县自然资源局、县司法局予以配合。", "县自然资源局", "县司法局"),
    ("comrade-01", "继川同志牵头，和致副局长配合。", "继川同志", "和致副局长"),
    ("comrade-02", "由顾以民同志任组长，办公室设在县水利局。", "顾以民同志", "县水利局"),
    ("set-up-by-them", "各校要成立由校长任组长的工作专班，把责任细化到岗。", "各校", ""),
    ("seated", "成立由分管副县长任组长的领导小组，办公室设在县农业农村局。", "县农业农村局", ""),
    ("not-abroad", "打捆机才六台，农技站抓紧跟外县联系，再调四台来。", "农技站", ""),
    ("agreed-plan", "会议同意县城管局提交的方案，由县城管局牵头，县公安局配合。", "县城管局", "县公安局"),
    ("within-days", "县自然资源局限10日内完成土地征收扫尾。", "县自然资源局", ""),
    ("who-spoke-before", "刚才，王县长对下一步工作作了安排，会后各级各部门要认真学习。", "各级各部门", ""),
    ("head-of-the-unit", "七年级组：摸清学情，建三本台账。", "七年级组", ""),
    ("counted-list", "由区一中、东门小学等8所学校牵头。", "区一中 东门小学等8所学校", ""),
    ("counted-list-2", "浔埠、柳汀两个镇要摸清底数。", "浔埠、柳汀两个镇", ""),
    ("each-school", "每所学校至少建一块劳动实践场地。", "每所学校", ""),
    ("in-charge-of", "实行县级领导包乡镇、乡镇干部包村、村干部包户。", "县级领导", "乡镇干部 村干部"),
    ("long-name", "市住房城乡建设局要拿出方案。", "市住房城乡建设局", ""),
    ("post-of-a-school", "校长要带头听课，备课组长签到。", "校长", "备课组长"),
    ("set-to-work", "督促各学校落实晨检制度。", "各学校", ""),
    ("does-not-leave", "村“两委”主要负责人离镇必须请假。", "村“两委”主要负责人", ""),
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
    ("grows-to", "重点做好传染病监测，哨点医院增加到20家。"),
    ("bare-verb-2", "建设五所幼儿园。"),
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
    ("more-48", "财政要保障，审计要跟进。"),
    ("more-51", "与县公安局联合开展集中行动。"),
    ("more-52", "配合市生态环境局做好采样。"),
    ("more-61", "加大财政投入力度。"),
    ("more-62", "推进学校标准化建设。"),
    ("more-63", "提高机关办事效率。"),
    ("more-64", "完善部门联动机制。"),
    ("more-65", "办好人民满意的学校。"),
    ("more-66", "引导企业加大投入。"),
    ("more-67", "支持高校毕业生创业。"),
    ("more-68", "推动医院开设夜间门诊。"),
    ("more-69", "组织机关干部下乡。"),
    ("more-70", "鼓励社会组织参与。"),
    ("more-71", "对县教育局的经验要总结推广。"),
    ("more-72", "向县委县政府报告。"),
    ("more-73", "报县政府批准后实施。"),
    ("more-74", "经县委常委会研究，要启动二期。"),
    ("more-75", "县政府印发的通知要学好。"),
    ("more-76", "学校布局要优化。"),
    ("more-77", "村庄规划要编好。"),
    ("more-79", "干部作风要转变。"),
    ("more-80", "城乡差距要缩小。"),
    ("more-81", "所有项目必须开工。"),
    ("more-82", "所有学校必须配齐安保。"),
    ("more-83", "这些部门要反思。"),
    ("more-84", "有的单位要求不严。"),
    ("more-85", "个别学校要整改。"),
    ("more-86", "新建项目要做好前期。"),
    ("more-87", "工业园区建设要提速。"),
    ("more-89", "农村公路要管护好。"),
    ("more-91", "在全县学校推广。"),
    ("more-93", "省里的要求要落实。"),
    ("more-95", "把县财政局列为成员单位。"),
    ("in-a-chat", "家长群里不要发成绩。"),
    ("one-more", "每个孩子一个专班，再加一名学校领导。"),
    ("told-of", "心理这一块，县里去年就要求配专职教师。"),
    ("found-by", "检查组在抽查中发现三处隐患，要立即整改。"),
    ("reported-to", "形成材料，报市政府办公室备案。"),
    ("reported-to-2", "重大问题及时提请县政府研究。"),
    ("by-the-book", "补偿标准按县里文件办。"),
    ("case", "同一所学校一周之内重复检查的，要说明理由。"),
    ("own-choice", "课题由学校自己定。"),
    ("room", "心理辅导室国庆节前要开门。"),
    ("label-without-colon", "配合单位要搭好手，不能等着牵头单位来请。"),
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
    ("text", "lead", "co", "due"), [row[1:] for row in BLIND], ids=[row[0] for row in BLIND]
)
def test_sentences_answered_before_the_rules_saw_them(text, lead, co, due):
    named = find_responsible(text, directory=EMPTY)
    deadline = best_deadline(text, spoken_on=date(2026, 4, 15), directory=EMPTY)
    assert (named.lead, set(named.co)) == (tuple(lead.split()), set(co.split()))
    assert (deadline.due.isoformat() if deadline and deadline.due else "") == due


@pytest.mark.parametrize(
    ("heading", "bodies"),
    [
        pytest.param("六、德育处", ("德育处",), id="numbered"),
        pytest.param("教务处：", ("教务处",), id="colon"),
        pytest.param("（三）各乡镇、各部门", ("各乡镇", "各部门"), id="list"),
        pytest.param("（一）安全管理（安全管理科牵头）", ("安全管理科",), id="bracket"),
        pytest.param("一、抓好德育工作", (), id="a-topic"),
        pytest.param("二、学校管理", (), id="a-thing"),
        pytest.param("牵头单位：", (), id="a-label"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_heading_made_of_bodies_governs(heading, bodies):
    assert bodies_of_heading(heading, directory=EMPTY) == bodies


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
    assert grows_with_its_text(lambda times: find_responsible(piece * times, directory=EMPTY))
