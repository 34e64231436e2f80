"""Who speaks, where the frame says so."""

import re

from .dates import DATE
from .frame import Frame, kind_of_title
from .model import DocumentKind

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房"
    "裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山"
    "谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘斜厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴闻党翟"
    "谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满"
    "弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓"
    "公岳代闫肖付邸苟展兰仝逯仉"
)
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|端木|南宫|独孤|呼延"
_GIVEN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:(?:{_DOUBLE}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}}|{_GIVEN}{{2,8}}·{_GIVEN}{{2,8}})"
_POST = (
    "书记|省长|州长|盟长|市长|县长|旗长|区长|镇长|乡长|局长|厅长|部长|处长|科长|所长|股长|主任|主席|校长|园长|院长|会长|"
    "组长|董事长|总经理|经理|站长|队长|秘书长|常委|委员|总理|巡视员|调研员|督学|政委|司令员|行长|社长|台长|理事长|指挥长|"
    "检察长|街长|场长|厂长|矿长|代表|专员|馆长|班长|主管|总监"
)
_NAME_ONLY = re.compile(rf"({_NAME})(?:同志|先生|女士)?")
_POST_AND_NAME = re.compile(rf".*(?:{_POST})[、，:：]?({_NAME})(?:同志|先生|女士)?")
_POST_ONLY = re.compile(rf"[^，。]{{0,24}}(?:{_POST})")
_LABELLED = re.compile(r"(?:讲话|发言|主讲|报告|演讲|致辞|宣讲|授课)(?:人|者|领导)\s*[:：]\s*(.{2,40})")
_BEFORE_AT = re.compile(rf"(.{{2,40}}?)(?:同志)?(?:{DATE.pattern})?(?:在|对|关于|就)")
_NO_NAMES_WORDS = """
    纪要 方案 安排 章程 计划 文件 全文 时间 简报 通知 通报 通告 公告 成员 文本 目录 单位 明白
"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
_LONGEST = 45


def find_speaker(title: str, frame: Frame, *, kind: DocumentKind) -> str:
    """The speaker's name from a label, a line under the title, the title itself or the signature; else the post."""
    for line in frame.head:
        labelled = _LABELLED.fullmatch(line)
        if labelled:
            return _name(labelled[1]) or _name(labelled[1].split()[-1]) or _compact(labelled[1])
    named = [line for line in frame.head if is_person(line)]
    before = _BEFORE_AT.match(title) if kind in ("speech", "instruction") else None
    signed = [line for line in reversed(frame.tail) if is_person(line)] if kind != "minutes" else []
    places = [*named, before[1] if before else "", *signed]
    names = (_name(text) for text in places)
    posts = (_post(text) for text in places)
    return next((name for name in names if name), "") or next((post for post in posts if post), "")


def is_person(line: str) -> bool:
    """A line that only names a person: 县长 王建国, （王建国）, 王 建 国, also with the day."""
    if len(line) > _LONGEST or kind_of_title(line):
        return False
    return bool(_name(line) or _post(line))


def _name(text: str) -> str:
    bare = _compact(text)
    match = _POST_AND_NAME.fullmatch(bare) or _NAME_ONLY.fullmatch(bare)
    return match[1] if match and match[1] not in _NO_NAMES else ""


def _post(text: str) -> str:
    bare = _compact(text)
    return bare if _POST_ONLY.fullmatch(bare) and len(bare) > 2 else ""


def _compact(text: str) -> str:
    """Without the day, brackets, dashes and blanks."""
    return re.sub(r"[\s（()）—–\-【】]|^[:：]", "", DATE.sub("", text))
