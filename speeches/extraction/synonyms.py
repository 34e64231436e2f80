"""Copied web texts often have words swapped for near-synonyms. They are matched as the words they stand for.

The replacement keeps every offset: a swap is only made for a word of the same length, and only in a text that shows
several of the swaps, because each of the words is also good Chinese in its own right.
"""

import re

SPUN: dict[str, str] = {
    "当心": "注意",
    "充足": "充分",
    "展开": "开展",
    "准时": "及时",
    "仔细": "认真",
    "构造": "结构",
    "宽敞": "广大",
    "广阔": "广大",
    "典范": "模范",
    "顽强": "坚强",
    "愈加": "更加",
    "供应": "提供",
    "满足": "满意",
    "确定": "一定",
    "肯定": "一定",
    "感谢": "感谢",
    "奉献": "贡献",
    "成就": "成果",
    "准备": "决定",
    "方才": "刚才",
    "时间": "时刻",
    "协作": "配合",
    "性命": "生命",
    "气氛": "氛围",
    "治理": "管理",
    "打算": "安排",
    "讨论": "研究",
    "增强": "加强",
    "方式": "方式",
    "细心": "精心",
    "急迫": "紧迫",
    "安康": "健康",
    "养分": "营养",
    "到达": "达到",
    "效劳": "服务",
    "制造": "创造",
}
# Two-word slips that hardly anybody writes: enough of them, and the text has been spun.
MARKERS = re.compile(
    r"确定要(?:坚|始|不)|肯定要|当心(?:管理|德育|学校|工作|抓|培)|宽敞(?:党员|干部|群众|教师)|仔细(?:贯彻|实行|抓好|落实)|愈加自觉|顽强领导|"
    r"人民满足|充足(?:发挥|调动)|治理才干|建设才干|准时(?:掌握|解决|处理)|展开(?:好|安全|活动|工作|教育)|增强(?:党对|师德|领导班子|校长队伍|教师队伍)|根底设施|"
    r"新担负|广阔(?:党员|教师|教育工)|效劳上"
)
_SWAP = re.compile("|".join(SPUN))
ENOUGH = 4


def matching_text(text: str) -> str:
    """The text the rules look at: the same length, spun words put back when the text shows enough of them."""
    seen = set()
    for match in MARKERS.finditer(text):
        seen.add(match[0])
        if len(seen) >= ENOUGH:
            return _SWAP.sub(lambda found: SPUN[found[0]], text)
    return text
