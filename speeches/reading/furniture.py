"""Lines of the page a speech was copied from: navigation, advertisements, editors and clocks, copyright.

Only whole lines go, and only those that surely are no speech; the engine labels the doubtful rest. A pattern that a
speech could match by chance counts only before its first or after its last paragraph.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .shapes import is_prose, is_salutation, opens_item

NAVIGATION = "删去网页导航"
ADVERT = "删去文库广告"
PUBLISHING = "删去编辑发布信息"
RIGHTS = "删去版权声明"
PAGE = "删去页码"
FILE_NAME = "删去文件名"

Step = tuple[list[str], list[str], list[str]]
"""The lines left, one note for each thing removed, and titles found in what was removed."""

_EDGE = 15  # lines of frame looked at before the first paragraph of speech
_EDGE_AFTER = 40
_SHORTEST_TITLE = 4
_LONGEST = 200  # a line of furniture is never longer


@dataclass(frozen=True, slots=True)
class _Rule:
    note: str
    pattern: re.Pattern[str]
    anywhere: bool = False


def _rules(note: str, patterns: Iterable[str], *, anywhere: bool = False) -> list[_Rule]:
    return [_Rule(note, re.compile(pattern, re.IGNORECASE), anywhere) for pattern in patterns]


_ARROWS = r">\uff1e»\u203a→"
# Every repeated piece below starts with a sign that its own rest cannot hold: otherwise one long line of such signs
# would take forever to be refused.

_RULES = [
    *_rules(
        NAVIGATION,
        [
            rf"(?:首页|主页|网站首页|(?:您?(?:现在)?的?|当前|所在)位置)[^。！；，/{_ARROWS}]{{0,20}}(?:[{_ARROWS}][^。！；，/{_ARROWS}]{{0,60}})+",
            r"(?:首页|主页|网站首页)(?: ?/ ?[^。！；，/]{1,30}){2,}",
            r"(?:上一?[篇页]|下一?[篇页])(?:\s*[:：].{0,80})?",
            r"(?:返回|回到)(?:顶部|首页|列表|目录|上一页)",
            r"(?:加入|设为)?(?:收藏本站|设为首页|加入收藏|网站地图|无障碍浏览|繁體|简体)(?:\s*[|｜]?\s*(?:设为首页|加入收藏|收藏本站))*",
            r"(?:展开|收起|阅读|查看)(?:全文|剩余.{0,8}|更多(?:内容)?)[>»]*",
        ],
        anywhere=True,
    ),
    *_rules(
        NAVIGATION,
        [
            rf"[^。；，,;{_ARROWS}]{{1,16}}(?:[{_ARROWS}][^。；;{_ARROWS}]{{0,60}}){{2,}}",
            r"首页(?:[ |｜][ |｜]{0,2}[\u4e00-\u9fff]{2,6}){2,}",
            r"(?:上一页|下一页|首页|尾页|末页|\d|\s|[|｜\[\]])*(?:上一页|下一页|尾页|末页)(?:上一页|下一页|首页|尾页|末页|\d|\s|[|｜\[\]])*",
        ],
    ),
    *_rules(
        ADVERT,
        [
            r".{0,10}还剩\s*\d+\s*页未读.{0,12}",
            r"《.{1,80}》由.{0,8}(?:会员|用户|网友).{0,8}(?:分享|上传|贡献).*",
            r".{0,6}预览.{0,8}(?:结束|完毕|到此).{0,80}",
            r".{0,30}(?:扫码|扫一扫|扫描.{0,6}二维码|加微信).{0,20}(?:代写|写作|老师|客服|范文|会员|下载(?:原文|全文|文档)).{0,20}",
            r".{0,20}(?:开通|成为|升级)(?:会员|VIP).{0,30}",
            r"(?:点击|立即|免费|付费)?下载(?:本|该|此)?(?:文档|全文|原文|Word|PDF|稿件).{0,20}",
            r".{0,40}(?:珍藏版|精品文档|范文网|文档分享赚钱|分享文档赚钱).{0,60}",
            r"限制\s*\d+\s*内",
        ],
        anywhere=True,
    ),
    *_rules(
        ADVERT,
        [
            r"(?:文本|文档|文章|资料)内容\s*[:：]",
            r"[-–—]?\s*(?:配套讲稿|特殊限制|关\s*键\s*[词字]|资源描述|文档(?:大小|格式|页数|热度|简介|编号)|下载(?:次数|积分|量))\s*[:：].*",
            r"如PPT文件的首页显示word图标.*",
            r"部分文档作品中含有的国旗、国徽等图片.*",
            r"(?:相关|热门|推荐|精彩|更多)(?:推荐|文章|阅读|新闻|链接|专题|内容|范文|搜索)(?:\s*[:：].*)?",
            r"猜你喜欢.*|大家都在[看搜].*|相关更多.*|看了.{0,6}的(?:人|网友)还.*",
        ],
    ),
    *_rules(
        PUBLISHING,
        [
            r"(?:时间|日期|发布时间)?\s*[:：]?\s*[^\s。，]{0,16}\s*分享(?:到)?(?:\s*[:：].{0,40})?",
            r"[【\[(（]?\s*(?:责任编辑|责编|网络编辑|本文编辑|网编)\s*[:：]?\s*.{0,30}",
            r"(?:编辑|作者|来源|信息来源|文章来源|稿源|发布者|发布人|发布机构|录入|审核|供稿|上传者|整理)\s*[:：]\s*.{0,40}",
            r"(?:发布|发表|更新|上传|录入|编辑)(?:时间|日期|于)\s*[:：]?\s*.{0,40}",
            r"(?:来源|作者|发布时间|发布日期|浏览|点击|编辑)\s*[:：].{0,30}(?:来源|作者|发布时间|时间|浏览|点击|阅读|编辑|字[号体]).{0,80}",
            r"(?:浏览|阅读|点击|访问|查看|人气|评论|点赞|转发)(?:次数|量|数|率)?\s*[:：]?\s*\d+\s*次?",
            r"\d+\s*(?:次)?(?:浏览|阅读|点击|人阅读|条?评论)",
            r"[【\[(（]?\s*字[体号]\s*[:：]?\s*(?:大|中|小|\s|[|｜/【】\[\]+-])+[】\])）]?",
            r"[【\[(（]?(?:打印(?:本页)?|关闭(?:窗口|本页)?|复制链接|收藏|分享|返回|大|中|小|\s|[】\[【\])）(（|｜])+",
            r"分享到?\s*[:：]\s*.{0,40}",
            r"编辑\s+[^。，]{0,20}\d{1,2}:\d{2}.{0,10}",
            r"(?:编辑|时间|数字)",
        ],
    ),
    *_rules(
        RIGHTS,
        [
            r"(?:版权所有|版权声明|版权归|Copyright\b|©|\(c\)\s*\d{4}|All rights reserved).*",
            r".{0,12}(?:ICP备|ICP证|公网安备|网站标识码|备案号|备案编号).{0,60}",
            r"(?:声明|免责声明|特别声明|郑重声明|版权声明|温馨提示|说明)\s*[:：].*(?:转载|侵权|版权|本站|本网|网络|网友).*",
            r"(?:本文|本站|本网|本文档|本资料|以上内容|文章内容).{0,30}(?:整理|转载|来源于|来自|仅供|网友|版权|观点|侵权|上传).*",
            r".{0,30}(?:未经(?:授权|许可|允许).{0,20}(?:转载|复制|使用)|转载请(?:注明|联系)|如有侵权|侵权.{0,6}删除|联系.{0,8}删除).*",
            r"Public domain|CC BY.{0,20}|知识共享.{0,30}",
        ],
    ),
    *_rules(
        PAGE,
        [
            r"[-–—－·~]{1,3}\s*\d{1,4}\s*[-–—－·~]{1,3}",
            r"第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?",
            r"(?:共\s*\d{1,4}\s*页|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)",
        ],
        anywhere=True,
    ),
    *_rules(PAGE, [r"\d{1,3}\s*/\s*\d{1,3}"]),
    *_rules(PUBLISHING, [r"\d{5,}"]),
    *_rules(FILE_NAME, [r"[^。]{2,80}\.(?:docx?|pdf|wps|txt|rtf|pptx?)"]),
]

_KEYWORDS_LABEL = re.compile(r"[-–—]?\s*(?:关\s*键\s*[词字]|标\s*签)\s*[:：]")
_KEYWORDS = re.compile(r"[-–—]?\s*[^\s。，；：]{1,12}(?:[ 、,;][^\s。，；：]{1,12}){1,12}")
_KEYWORDS_RULE = _Rule(ADVERT, _KEYWORDS)
_LICENCE = re.compile(r"本(?:作品|页面|文)(?:是|在|属于|之|原文|由|采用)")
_LICENCE_WORDS = re.compile(r"公有领域|著作权法|知识共享|Creative Commons", re.IGNORECASE)
_LINK_HEADER = re.compile(
    r"(?:(?:相关|热门|推荐|精彩|更多)(?:推荐|文章|阅读|新闻|链接|专题|内容|范文)|猜你喜欢|大家都在看)\s*[:：]?"
)
_QUOTED_TITLE = re.compile(r"《([^《》]{4,80})》")


def drop_furniture(lines: list[str]) -> Step:
    """Take out the lines of the page around the speech."""
    lines, notes = _cut_tail(lines)
    first, last = _speech(lines)
    kept: list[str] = []
    hints: list[str] = []
    label = False  # the line before was 关键词： and its words stand in this one
    for at, line in enumerate(lines):
        edge = at < first or at > last
        rule = _KEYWORDS_RULE if label and edge and _KEYWORDS.fullmatch(line) else _matching(line, edge=edge)
        label = rule is not None and bool(_KEYWORDS_LABEL.fullmatch(line))
        if rule is None:
            kept.append(line)
            continue
        notes.append(rule.note)
        hints += _titles(line, rule)
    return kept, notes, hints


def _matching(line: str, *, edge: bool) -> _Rule | None:
    if len(line) > _LONGEST or opens_item(line):
        return None
    return next((rule for rule in _RULES if (edge or rule.anywhere) and rule.pattern.fullmatch(line)), None)


def _speech(lines: list[str]) -> tuple[int, int]:
    """First and last line of the speech proper; what lies outside is frame. No frame is longer than _EDGE lines."""
    own = [at for at, line in enumerate(lines) if _is_speech(line)]
    if not own:
        return min(_EDGE, len(lines)), max(len(lines) - _EDGE, 0)
    return min(own[0], _EDGE), max(own[-1], len(lines) - _EDGE_AFTER - 1)


def _is_speech(line: str) -> bool:
    return (is_prose(line) or is_salutation(line)) and not any(
        rule.pattern.fullmatch(line) for rule in _RULES
    )


def _cut_tail(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut the licence of a wiki page, or a list of links, from where it starts to the end."""
    for at in range(max(0, len(lines) - _EDGE_AFTER), len(lines)):
        rest = lines[at:]
        if _LICENCE.match(lines[at]) and _LICENCE_WORDS.search("".join(rest)) and sum(map(len, rest)) < 1500:
            return lines[:at], [RIGHTS] * len(rest)
        if _LINK_HEADER.fullmatch(lines[at]) and all(_is_link(line) for line in rest[1:]):
            return lines[:at], [NAVIGATION] * len(rest)
    return lines, []


def _is_link(line: str) -> bool:
    return len(line) <= 50 and not any(mark in line for mark in "。！；") and not opens_item(line)


def _titles(line: str, rule: _Rule) -> list[str]:
    """Titles named in a removed line."""
    if rule.note == FILE_NAME:
        return [line.rpartition(".")[0]]
    if rule.note == NAVIGATION:
        pieces = [piece.strip() for piece in re.split(r"[>\uff1e»\u203a→]", line) if piece.strip()]
        return [piece for piece in pieces[-1:] if len(pieces) > 1 and len(piece) >= _SHORTEST_TITLE]
    return [title.rpartition(".doc")[0] or title for title in _QUOTED_TITLE.findall(line)]
