"""The shipped forms, one function each."""

from collections.abc import Callable

from tracker.documents.building.blocks import Cell, listing, loop, p, row, table, tag
from tracker.documents.building.package import Section, document
from tracker.documents.kinds import Kind

_PAIRS = (26, 54, 26, 54)
_SLIP_MARGINS = (25, 25, 22, 25)
_WIDE_MARGINS = (22, 18, 18, 18)


def _field(of: str, name: str) -> str:
    """{{ 行.督办事项 }}."""
    return "{{ " + f"{of}.{name}" + " }}"


# -- one item, one sheet -----------------------------------------------------------------------------------------
def _pair(*cells: str, height: float = 9.5) -> str:
    """标签 值 标签 值, or 标签 值 over the rest."""
    label, value, *rest = cells
    made = [Cell(label, "TableHead"), Cell(value, span=1 if rest else 3)]
    if rest:
        made += [Cell(rest[0], "TableHead"), Cell(rest[1])]
    return row(_PAIRS, made, height=height)


def _blank(label: str, text: str, *, height: float) -> str:
    """A field that is filled in by hand."""
    return row(
        _PAIRS, [Cell(label, "TableHead"), Cell(text, "TableRight", span=3, bottom=True)], height=height
    )


def _opinion(label: str, text: str, signed: str) -> str:
    """What somebody says and signs."""
    cells = [Cell(label, "TableHead"), Cell(text, span=3, signed=signed, bottom=True)]
    return row(_PAIRS, cells, height=18)


def _slip(
    title: str,
    rows: list[str],
    *,
    sentence: bool = True,
    band: bool = False,
    end: str = "{{ 办公室 }}　　{{ 制发日期 }}",
) -> bytes:
    head = [row(_PAIRS, [Cell("{% cellbg 单.底色 %}{{ 单.颜色 }}色督查单", "Band", span=4)])] if band else []
    body = [
        tag("for 单 in 各单"),
        p(title, "SlipTitle"),
        p("{{ 单.文号 }}" if sentence else "事项编号：{{ 单.事项编号 }}", "SlipNumber"),
    ]
    if sentence:
        body += [p("{{ 单.牵头单位 }}：", "SlipTo"), p("{{ 单.正文 }}", "SlipText")]
    body += [table(_PAIRS, head + rows), p(end, "SlipEnd"), tag("endfor")]
    return document(
        [Section("".join(body), margins=_SLIP_MARGINS)], title=title.replace("{{ 单位全称 }}", "")
    )


def notice() -> bytes:
    """督办通知单."""
    rows = [
        _pair("督办事项", "{{ 单.督办事项 }}"),
        _pair("事项编号", "{{ 单.事项编号 }}", "任务级别", "{{ 单.任务级别 }}"),
        _pair("督办依据", "{{ 单.督办依据 }}"),
        _pair("督办内容", "{{ 单.督办内容 }}", height=26),
        _pair("牵头领导", "{{ 单.牵头领导 }}", "配合领导", "{{ 单.配合领导 }}"),
        _pair("牵头单位", "{{ 单.牵头单位 }}", "配合单位", "{{ 单.配合单位 }}"),
        _pair("交办时间", "{{ 单.交办时间 }}", "办结时限", "{{ 单.办结时限 }}"),
        _pair("反馈周期", "{{ 单.反馈周期 }}", "附件", "{{ 单.附件 }}"),
        _pair("督办联系人", "{{ 单.联系人 }}", "联系电话", "{{ 单.联系电话 }}"),
        _pair("签收人", "", "签收时间", "　　月　　日　　时", height=10),
        _blank("办理情况\n（承办单位\n填写）", "（盖章）　　　　年　　月　　日", height=36),
        _blank("审核意见", "年　　月　　日", height=20),
    ]
    return _slip("{{ 单位全称 }}督办通知单", rows)


def reminder() -> bytes:
    """督办提醒单."""
    rows = [
        _pair("督办事项", "{{ 单.督办事项 }}"),
        _pair("事项编号", "{{ 单.事项编号 }}", "交办时间", "{{ 单.交办时间 }}"),
        _pair("督办依据", "{{ 单.督办依据 }}"),
        _pair("牵头单位", "{{ 单.牵头单位 }}", "配合单位", "{{ 单.配合单位 }}"),
        _pair("责任领导", "{{ 单.牵头领导 }}", "责任人", "{{ 单.责任人 }}　{{ 单.责任人电话 }}"),
        _pair("办结时限", "{{ 单.办结时限 }}", "剩余时间", "{{ 单.剩余 }}"),
        _pair("最新进展", "{{ 单.最新进展 }}", height=18),
        _pair("督办联系人", "{{ 单.联系人 }}", "联系电话", "{{ 单.联系电话 }}"),
        _pair("签收人", "", "签收时间", "　　月　　日　　时", height=10),
    ]
    return _slip("{{ 单位全称 }}督办提醒单", rows)


_LATE = [
    _pair("督办事项", "{{ 单.督办事项 }}"),
    _pair("事项编号", "{{ 单.事项编号 }}", "交办时间", "{{ 单.交办时间 }}"),
    _pair("督办依据", "{{ 单.督办依据 }}"),
    _pair("牵头单位", "{{ 单.牵头单位 }}", "配合单位", "{{ 单.配合单位 }}"),
    _pair("责任领导", "{{ 单.牵头领导 }}", "责任人", "{{ 单.责任人 }}　{{ 单.责任人电话 }}"),
    _pair("原定时限", "{{ 单.原定时限 }}", "延期次数", "{{ 单.延期次数 }}"),
    _pair("办结时限", "{{ 单.办结时限 }}", "超期", "{{ 单.超期 }}"),
]
_ANSWER = [
    _pair("最新进展", "{{ 单.最新进展 }}", height=16),
    _pair("存在问题", "{{ 单.存在问题 }}"),
    _pair("督办联系人", "{{ 单.联系人 }}", "联系电话", "{{ 单.联系电话 }}"),
    _pair("签收人", "", "签收时间", "　　月　　日　　时", height=10),
]


def chase() -> bytes:
    """催办通知单."""
    rows = [
        *_LATE,
        _pair("催办次数", "{{ 单.催办次数 }}", "责令期限", "{{ 单.责令期限 }}"),
        *_ANSWER,
        _blank("办理情况及\n超期原因\n（承办单位\n填写）", "（盖章）　　　　年　　月　　日", height=30),
    ]
    return _slip("{{ 单位全称 }}催办通知单", rows)


def card() -> bytes:
    """三色督查单."""
    rows = [
        *_LATE,
        _pair("上一张单号", "{{ 单.上一张单号 }}", "责令期限", "{{ 单.责令期限 }}"),
        *_ANSWER,
        _blank("整改落实\n情况\n（承办单位\n填写）", "（盖章）　　　　年　　月　　日", height=30),
        _blank("督查意见", "年　　月　　日", height=16),
    ]
    return _slip("{{ 单位全称 }}督查单", rows, band=True)


def extension() -> bytes:
    """延期申请表."""
    rows = [
        _pair("督办事项", "{{ 单.督办事项 }}"),
        _pair("督办依据", "{{ 单.督办依据 }}"),
        _pair("牵头单位", "{{ 单.牵头单位 }}", "责任人", "{{ 单.责任人 }}　{{ 单.责任人电话 }}"),
        _pair("交办时间", "{{ 单.交办时间 }}", "已延期", "{{ 单.延期次数 }}"),
        _pair("原定时限", "{{ 单.原定时限 }}", "现时限", "{{ 单.申请时限 }}"),
        _pair("申请延期至", "{{ 单.申请延期至 }}"),
        _pair("延期原因", "{{ 单.延期原因 }}", height=26),
        _pair("已完成情况", "{{ 单.已完成情况 }}", height=22),
        _pair("下步计划", "{{ 单.下步计划 }}", height=18),
        _opinion("科室负责人\n意见", "{{ 单.单位意见 }}", "签名：　　　　　　　年　　月　　日"),
        _opinion("督查员初审", "{{ 单.初审意见 }}", "{{ 单.初审签署 }}"),
        _opinion("分管领导\n意见", "{{ 单.批复意见 }}", "{{ 单.批复签署 }}"),
        _pair("批准延期至", "{{ 单.批准延期至 }}", "批复日期", "{{ 单.批复日期 }}", height=11),
    ]
    return _slip(
        "{{ 单位全称 }}督办事项延期申请表",
        rows,
        sentence=False,
        end="申请单位：{{ 单.牵头单位 }}（盖章）　　申请日期：{{ 单.申请日期 }}",
    )


# -- tables ------------------------------------------------------------------------------------------------------
_BREAKDOWN = (10, 26, 40, 54, 18, 22, 25, 22, 18, 15.5, 10.5)


def breakdown() -> bytes:
    """任务分解表."""
    heads = (
        "序号",
        "重点任务",
        "工作任务",
        "原文依据",
        "责任领导",
        "牵头单位",
        "配合单位",
        "完成时限",
        "成果形式\n完成标准",
        "反馈周期",
        "备注",
    )
    cells = [
        Cell("{{ 项.序号 }}", "SmallCentre"),
        Cell("{% vm %}{{ 部.类别 }}", "SmallText"),
        Cell("{{ 项.工作任务 }}", "SmallText"),
        Cell("{{ 项.原文依据 }}", "SmallText"),
        *(
            Cell(_field("项", name), "SmallCentre")
            for name in ("责任领导", "牵头单位", "配合单位", "完成时限")
        ),
        Cell("{{ 项.成果形式 }}", "SmallText"),
        Cell("{{ 项.反馈周期 }}", "SmallCentre"),
        Cell("", "SmallText"),
    ]
    rows = [
        row(_BREAKDOWN, [Cell(head, "SmallHead") for head in heads], head=True),
        loop(_BREAKDOWN, "for 部 in 各部分"),
        loop(_BREAKDOWN, "for 项 in 部.各项"),
        row(_BREAKDOWN, cells),
        loop(_BREAKDOWN, "endfor"),
        loop(_BREAKDOWN, "endfor"),
    ]
    body = [
        p("{{ 标题 }}", "Title"),
        p("会议时间：{{ 会议时间 }}　　讲话人：{{ 讲话人 }}　　制表单位：{{ 办公室 }}　　制表日期：{{ 制发日期 }}", "Note"),
        p("共{{ 件数 }}件。牵头单位为第一责任单位。数据截至{{ 数据截至 }}。", "Note"),
        table(_BREAKDOWN, rows),
        p("各牵头单位要对照本表细化举措、明确责任人和时间节点，按反馈周期向{{ 办公室 }}报送进展；配合单位要主动配合。时限、单位标注“未明确”的，由{{ 办公室 }}商有关单位明确。", "SlipText"),
    ]  # fmt: skip
    return document([Section("".join(body), landscape=True, margins=_WIDE_MARGINS)], title="任务分解表")


# -- 督查通报 ----------------------------------------------------------------------------------------------------
_ANNEX = (12, 33, 59, 26, 30, 27, 27, 18, 29)
_DEPARTMENTS = (11, 33, *[16] * 7)


def bulletin() -> bytes:
    """督查通报."""
    body = [
        p("政务督查", "RedHead"),
        p("{{ 期号 }}", "DocNumber"),
        p("{{ 督查单位 }}\t{{ 制发日期 }}", "RedLine"),
        p("{{ 标题 }}", "Title"),
        p("{{ 主送 }}：", "Addressee"),
        p("{{ 导语 }}数据截至{{ 数据截至 }}。"),
        p("一、总体情况", "Heading1"),
        p("{{ 总体情况 }}"),
        tag("if 分来源"), p("{{ 分来源 }}"), tag("endif"),
        p("二、办结情况", "Heading1"),
        p("{{ 办结情况 }}"),
        p("三、存在问题", "Heading1"),
        p("（一）部分事项进展滞后", "Heading2"),
        p("{{ 滞后概述 }}"),
        tag("for 项 in 滞后事项"),
        p("{{ 项.序号 }}．{{ 项.督办事项 }}", "ItemHead"),
        p("由{{ 项.牵头单位 }}牵头，编号{{ 项.编号 }}，{{ 项.时限 }}。{% if 项.原文 %}会议要求：“{{ 项.原文 }}”{% endif %}{{ 项.情况 }}{% if 项.下一步 %}下一步：{{ 项.下一步 }}{% endif %}"),
        tag("endfor"),
        p("（二）部分单位未按期反馈", "Heading2"),
        p("{{ 未反馈情况 }}"),
        p("四、工作要求", "Heading1"),
        tag("for 要求 in 工作要求"), p("{{ 要求 }}", "BodyKeep"), tag("endfor"),
        p("附件：1．各单位督办事项落实情况统计表", "Attachment"),
        p("　　　2．督办事项落实情况汇总表", "Attachment2"),
        p("{{ 督查单位 }}", "Signature1"),
        p("{{ 制发日期 }}", "SignDate"),
        tag("if 抄送"), p("抄送：{{ 抄送 }}。", "CopyTo"), tag("endif"),
    ]  # fmt: skip
    counts = ("总数", "已办结", "按期办结", "办理中", "超期", "延期", "未反馈")
    first = [
        p("附件1", "AnnexMark"),
        p("各单位督办事项落实情况统计表", "AnnexTitle"),
        p("单位：件　　数据截至{{ 数据截至 }}", "Note"),
        listing(
            _DEPARTMENTS, ("序号", "单位", "总数", "已办结", "按期\n办结", "办理中", "超期", "延期", "未反馈"),
            [Cell("{{ 行.序号 }}", "TableCentre"), Cell("{{ 行.单位 }}"), *(Cell(_field("行", name), "TableCentre") for name in counts)],
            over="行 in 各单位",
        ),
        p("注：办结、超期、未反馈按牵头单位统计，按分办范围分别办理的另列一行；单位按固定顺序排列，不作排名。", "Note"),
    ]  # fmt: skip
    second = [
        p("附件2", "AnnexMark"),
        p("督办事项落实情况汇总表", "AnnexTitle"),
        p("数据截至{{ 数据截至 }}", "Note"),
        listing(
            _ANNEX, ("序号", "编号", "督办事项", "牵头单位", "配合单位", "原定时限", "现时限", "状态", "备注"),
            [
                Cell("{{ 行.序号 }}", "TableCentre"), Cell("{{ 行.编号 }}", "TableCentre"), Cell("{{ 行.督办事项 }}"),
                *(Cell(_field("行", name), "TableCentre") for name in ("牵头单位", "配合单位", "原定时限", "现时限", "状态")),
                Cell("{{ 行.备注 }}"),
            ],
            over="行 in 附表",
        ),
    ]  # fmt: skip
    return document(
        [
            Section("".join(body)),
            Section("".join(first)),
            Section("".join(second), landscape=True, margins=_WIDE_MARGINS),
        ],
        title="督查通报",
    )


# -- 例会 --------------------------------------------------------------------------------------------------------
_COMPARE = (40, 30, 30, 30)
_DONE = (12, 33, 56, 28, 27)
_ASKED = (24, 16, 116)
_MEETING_DEPARTMENTS = (11, 33, *[16] * 7)
_LEDGER = (10, 31, 43, 22, 20, 15, 24, 24, 15, 36, 21)


def report() -> bytes:
    """例会督办事项进展情况汇报."""
    centred = "TableCentre"
    body = [
        p("{{ 会议名称 }}", "Title"),
        p("督办事项进展情况汇报", "Title"),
        p("{{ 办公室 }}", "Subtitle"),
        p("（数据截至{{ 数据截至 }}）", "Subtitle"),
        p("一、总体情况", "Heading1"),
        p("{{ 总体情况 }}{{ 增减 }}"),
        listing(_COMPARE, ("指标（件）", "本次", "上次例会", "增减"),
                [Cell("{{ 行.指标 }}"), *(Cell(_field("行", name), centred) for name in ("本次", "上次", "增减"))], over="行 in 对比"),
        p("二、已办结事项", "Heading1"),
        p("{{ 办结概述 }}"),
        tag("if 已办结"),
        listing(_DONE, ("序号", "编号", "督办事项", "牵头单位", "办结方式"),
                [Cell("{{ 行.序号 }}", centred), Cell("{{ 行.编号 }}", centred), Cell("{{ 行.督办事项 }}"),
                 Cell("{{ 行.牵头单位 }}", centred), Cell("{{ 行.办结方式 }}", centred)], over="行 in 已办结"),
        tag("endif"),
        p("三、超期及滞后事项", "Heading1"),
        p("{{ 超期概述 }}"),
        tag("for 项 in 超期事项"),
        p("{{ 项.序号 }}．{{ 项.督办事项 }}", "ItemHead"),
        p("{{ 项.牵头 }}，编号{{ 项.编号 }}，{{ 项.时限 }}，{{ 项.超期 }}，{{ 项.连续 }}。"),
        p("{{ 项.进展 }}", lead="进展："),
        p("{{ 项.原因 }}", lead="原因："),
        p("{{ 项.下步 }}", "BodyKeep", lead="下一步："),
        tag("if 项.拟请"), p("{{ 项.拟请 }}", "BodyKeep", lead="拟请会议明确："), tag("endif"),
        tag("if 项.会议意见"), p("{{ 项.会议意见 }}", lead="会议意见："), tag("endif"),
        tag("endfor"),
        p("四、下次例会前到期事项", "Heading1"),
        p("{{ 到期概述 }}"),
        tag("if 到期事项"),
        listing(_DONE, ("序号", "编号", "督办事项", "牵头单位", "现时限"),
                [Cell("{{ 行.序号 }}", centred), Cell("{{ 行.编号 }}", centred), Cell("{{ 行.督办事项 }}"),
                 Cell("{{ 行.牵头单位 }}", centred), Cell("{{ 行.现时限 }}", centred)], over="行 in 到期事项"),
        tag("endif"),
        p("五、需会议协调的问题", "Heading1"),
        p("{{ 协调概述 }}"),
        tag("for 项 in 需协调"),
        p("{{ 项.序号 }}．{{ 项.牵头单位 }}：{{ 项.问题 }}（{{ 项.督办事项 }}，{{ 项.编号 }}）{% if 项.会议意见 %}会议意见：{{ 项.会议意见 }}{% endif %}"),
        tag("endfor"),
        p("六、新增事项", "Heading1"),
        p("{{ 新增概述 }}"),
        tag("if 新增事项"),
        listing(_DONE, ("序号", "编号", "督办事项", "牵头单位", "现时限"),
                [Cell("{{ 行.序号 }}", centred), Cell("{{ 行.编号 }}", centred), Cell("{{ 行.督办事项 }}"),
                 Cell("{{ 行.牵头单位 }}", centred), Cell("{{ 行.现时限 }}", centred)], over="行 in 新增事项"),
        tag("endif"),
        p("七、拟请会议明确", "Heading1"),
        tag("if 拟请明确"),
        listing(_ASKED, ("类别", "件数", "事项"),
                [Cell("{{ 行.类别 }}", centred), Cell("{{ 行.件数 }}", centred), Cell("{{ 行.事项 }}")], over="行 in 拟请明确"),
        tag("else"), p("无。"), tag("endif"),
        p("附件：1．各单位督办事项情况表", "Attachment"),
        p("　　　2．督办台账", "Attachment2"),
    ]  # fmt: skip
    annex = [
        p("附件1", "AnnexMark"),
        p("各单位督办事项情况表", "AnnexTitle"),
        p("单位：件　　数据截至{{ 数据截至 }}", "Note"),
        listing(_MEETING_DEPARTMENTS, ("序号", "单位", "在办", "超期", "到期", "办结", "新增", "未反馈", "材料"),
                [Cell("{{ 行.序号 }}", centred), Cell("{{ 行.单位 }}"),
                 *(Cell(_field("行", name), centred) for name in ("在办", "超期", "到期", "办结", "新增", "未反馈", "材料"))],
                over="行 in 各单位"),
        p("注：按牵头单位统计，按分办范围分别办理的另列一行。到期指下次例会前到期；材料指上次例会以来是否反馈，当天交办的不在内。单位按固定顺序排列。", "Note"),
    ]  # fmt: skip
    small = "SmallCentre"
    ledger = [
        p("附件2", "AnnexMark"),
        p("督办台账", "AnnexTitle"),
        p("{{ 台账说明 }}数据截至{{ 数据截至 }}。", "Note"),
        tag("if 台账"),
        listing(_LEDGER, ("序号", "编号、\n交办日期", "督办事项", "牵头单位", "配合单位", "责任领导", "原定时限", "现时限", "状态", "最新进展", "备注"),
                [Cell("{{ 行.序号 }}", small), Cell("{{ 行.编号 }}\n{{ 行.交办日期 }}", small), Cell("{{ 行.督办事项 }}", "SmallText"),
                 *(Cell(_field("行", name), small) for name in ("牵头单位", "配合单位", "责任领导", "原定时限", "现时限", "状态")),
                 Cell("{{ 行.进展 }}", "SmallText"), Cell("{{ 行.备注 }}", "SmallText")],
                over="行 in 台账", head_style="SmallHead"),
        tag("endif"),
    ]  # fmt: skip
    sections = [
        Section("".join(body)),
        Section("".join(annex)),
        Section("".join(ledger), landscape=True, margins=_WIDE_MARGINS),
    ]
    return document(sections, title="例会督办事项进展情况汇报")


_DECIDED = (12, 30, 56, 26, 36)


def minutes() -> bytes:
    """会议纪要."""
    body = [
        p("会议纪要", "RedHead"),
        p("{{ 文号 }}", "DocNumber"),
        p("{{ 办公室 }}\t{{ 制发日期 }}", "RedLine"),
        p("{{ 会议名称 }}纪要", "Title"),
        p("{{ 会议时间 }}", lead="时间："),
        p("{{ 会议地点 }}", lead="地点："),
        tag("if 主持人"), p("{{ 主持人 }}", lead="主持："), tag("endif"),
        tag("if 参加人员"), p("{{ 参加人员 }}", lead="参加："), tag("endif"),
        tag("if 记录人"), p("{{ 记录人 }}", lead="记录："), tag("endif"),
        p("{{ 导语 }}"),
        p("一、督办事项总体情况", "Heading1"),
        p("会议听取了督办事项进展情况汇报。截至{{ 数据截至 }}，{{ 总体情况 }}"),
        p("二、议定事项", "Heading1"),
        p("{{ 议定概述 }}{% if 议定分类 %}其中{{ 议定分类 }}。{% endif %}"),
        tag("for 项 in 议定事项"),
        p("{{ 项.次序 }}{{ 项.督办事项 }}", "Heading2"),
        p("{{ 项.情况 }}会议明确：{{ 项.会议意见 }}"),
        tag("endfor"),
        p("三、工作要求", "Heading1"),
        p("各单位要按会议议定意见抓紧办理，办理情况纳入督办台账，于下次例会（{{ 下次例会 }}）前反馈。会议重定的时限为现时限，考核仍以原定时限为准。"),
        tag("if 更正"), p("四、更正与补充", "Heading1"), tag("for 条 in 更正"), p("{{ 条 }}"), tag("endfor"), tag("endif"),
        p("分送：局领导，各科室、各直属单位。", "CopyTo"),
    ]  # fmt: skip
    return document([Section("".join(body))], title="会议纪要")


CATALOGUE: dict[str, Callable[[], bytes]] = {
    Kind.BREAKDOWN: breakdown,
    Kind.NOTICE: notice,
    Kind.REMINDER: reminder,
    Kind.CHASE: chase,
    Kind.CARD: card,
    Kind.EXTENSION: extension,
    Kind.BULLETIN: bulletin,
    Kind.REPORT: report,
    Kind.MINUTES: minutes,
}
