"""The row text of the 任务分解表: short, verb first, with object, figure and scope, without ornament."""

import re

from speeches.extraction.view import View

LIMIT = 40
_ORNAMENT = re.compile(
    r"切实|进一步|扎扎实实|扎实|认真|积极主动|积极|大力|着力|坚定不移地?|坚决|努力|全力|深入(?!实施|基层)|更好地?|更加|不断|千方百计|想方设法|实实在在|毫不动摇地?|全面(?!覆盖|从严)|充分(?=发挥|利用|运用)"
)
_LEAD = re.compile(
    r"^(?:首先|其次|再次|再者|最后|同时|此外|另外|还有|因此|所以|为此|对此|总之|与此同时|一方面|另一方面|当然|而且|并且|并|但|但是|下一步|接下来|刚才讲的?)[，,、]?"
)
_WE = re.compile(r"^(?:我们|大家|全县上下|全区上下|全市上下|全省上下|全镇上下|全校上下)(?:一定|都|也|还)?")
_MODAL = re.compile(
    r"^(?:就|还|都|也|更|一定|确定|必须|务必|需要|要|应当|应该|应|须)*(?:要|必须|务必|应当|应该|应|须)?(?:坚持)?(?=[\u4e00-\u9fff“])"
)
_AS = re.compile(
    r"^以[^，,]{2,30}(?:为(?:契机|抓手|指导|引领|导向|统领|目标|动力|核心|主线|重点|突破口|根本|主题|载体)|为[^，,]{0,8})[，,]"
)
_BASIS = re.compile(
    r"^(?:按照|根据|围绕|立足|着眼|紧扣|紧紧围绕|结合|针对|为了?|面对|适应|顺应)[^，,]{2,60}[，,]"
)
_BRACKET = re.compile(r"[（(][^（）()]*(?:负责|牵头|配合|责任单位|责任部门|完成)[^（）()]*[）)]")
_END = re.compile(r"[。；;，,：:！!、\s]+$")
_RESULT = re.compile(
    r"[，,](?:使|让|确保|实现|形成|营造|促进|提高|提升|增强|推动|为[^，,]{2,}(?:提供|创造))[^，,]*$"
)


def title_of(view: View) -> str:
    """A row text for one task: at most about 40 characters."""
    text = _BRACKET.sub("", view.text)
    text = re.sub(r"\s+", "", text)
    text = _strip(_END.sub("", text))
    text = _ORNAMENT.sub("", text)
    while len(text) > LIMIT and _RESULT.search(text):
        text = _RESULT.sub("", text)
    return _fit(text) or _END.sub("", view.text)[:LIMIT]


def _strip(text: str) -> str:
    for _ in range(4):
        before = text
        for pattern in (_LEAD, _WE, _AS, _BASIS, _MODAL):
            shorter = pattern.sub("", text, count=1)
            text = shorter if len(shorter) >= 6 else text
        if text == before:
            break
    return text


def _fit(text: str) -> str:
    """Whole clauses up to the limit, else the first clause cut at a list mark."""
    if len(text) <= LIMIT:
        return text
    kept = ""
    for clause in re.split(r"(?<=[，,；;])", text):
        if len(kept) + len(_END.sub("", clause)) > LIMIT:
            break
        kept += clause
    if len(kept) >= 8:
        return _END.sub("", kept)
    cut = text[:LIMIT]
    mark = max(cut.rfind("、"), cut.rfind("，"), cut.rfind(","))
    return (cut[:mark] if mark >= 16 else cut[: LIMIT - 1]) + "…"
