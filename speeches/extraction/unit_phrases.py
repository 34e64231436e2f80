"""Phrases that name the doer inside a clause: 由…牵头, 请…, 会同…, 王局长，你…; the rarer ones with them. Internal to units."""

import re

from speeches.extraction.unit_grammar import MADE_OF
from speeches.extraction.unit_lists import Named, all_bodies, bodies_at, file_bodies
from speeches.extraction.unit_names import split_names
from speeches.extraction.unit_passage import CANDIDATE, Passage

_PHRASE = re.compile(
    r"(?P<by>(?<![自经缘来])(?:(?<!理)|(?<=[整管办处受审代治修清护]理))由(?!于|此|来)|(?:还得|还是|只能|就得)(?:靠|让)?(?=[一-龥]{2,12}?来[一-龥])|点(?:一下|个名)[，,：:]?|(?<![移提递转上])交(?:给|与)(?=[一-龥、]{2,20}?(?:[去来办做管抓]|了?[，,。]|负责|牵头|统|落实|处理))|(?<![回总当同])归(?=[一-龥]{2,12}?(?:管(?![理委])|负责|牵头))|(?:责任|担子|任务)(?:就|主要|首先|都)?(?:落[到在给]|压[到给在]|(?<!任务)在)(?:于)?)"
    r"|(?P<ask>(?<![邀申聘提报呈宴恳延商函约])请(?![示假教求缨愿战客柬])|责成|委托|拜托|交由|(?:^|(?<=[，,。；;：:\n])|(?<=会议))(?:就)?(?:要求|希望))"
    r"|(?P<co>(?:会同|会商|联合(?!会|社|国)|协同|(?<=[，,])配合|(?<=[你您])[和跟同](?![我他她大谁])))|(?P<own>(?:^|(?<=[，,。；;：:\n就先]))(?:让|叫)(?=[一-龥]{2})|的(?!事|问题|工作)(?=[一-龥]{2,8}自己))|(?P<in>在(?:全[县市区镇乡校省])?(?=各))"
)
_SPREAD = re.compile(r"(?:中)?(?:开展|展开|推行|推广|实施|启动)")
# 小刘你负责, 县文旅局老王，你来牵头, 小周盯着; but 小学, 小组, 老师, 老区 are no persons
_PERSON = r"(?:小(?![学区组型微麦额康城孩朋时程班队雨雪企店吃商事问伙])|老(?![师人旧百年区城化干党板乡街小弱大]))[一-龥]"
_SPOKEN_TO = r"(?:同志)?(?:[，,]?[你您]|负责|牵头|盯|跟到底|跟进|[记听看写做管跑抓帮催理][一着好完下把]|明天|今天|今晚|会后|先|再|去|把|这边|那边|来[一-龥]|抓紧|尽快|马上)"
_VOCATIVE = re.compile(
    rf"(?:^|[，,。；;：:！？!?\n“、和由让叫请]|(?<=[小老][一-龥])(?=[小老][一-龥][，,]?[你您]))(?:请)?(?P<who>(?:[一-龥]{{1,8}}(?:局|委|办|科|股|站|所|镇|乡|村|校)|[一-龥]{{2,4}}(?:的))?{_PERSON}(?={_SPOKEN_TO}|[和、]?(?:[小老][一-龥])[，,]?[你您])"
    r"|[一-龥]{0,4}(?:校长|局长|主任|书记|[镇乡县]长|部长|[院站所科]长)[一-龥]{2,3}(?=牵头|负责|带队|挂帅|主抓|包抓)"
    r"|[一-龥]{0,6}?[一-龥](?:老师|师傅)(?=[，,]?[你您](?!们))"
    r"|[一-龥]{1,3}(?:局长|镇长|主任|书记|校长|科长|所长|站长|院长|部长|县长|区长|市长|乡长|同志)(?=(?:同志)?[，,]?[你您]))(?:同志)?"
    r"(?P<team>[，,]?[你您]们(?:[一-龥]{0,4}?(?:科|股|局|所|办|站|室|村|组|校|队|中心|[镇乡街厂院部处]|街道|社区|公司|单位|支部)))?"
)
_SPEAKS_TO = re.compile(
    rf"你|您|牵头|负责|带队|挂帅|主抓|包抓|小[一-龥](?<={_PERSON})|老[一-龥](?<={_PERSON})"
)
_VOCATIVE_CHARS = re.compile("[小老长任记师志]")  # whoever is spoken to is called by one of these
# 秦满仓，你下周…: the full name of one who is spoken to
_BY_FULL_NAME = re.compile(
    r"(?:^|(?<=[。；;！？!?\n]))(?P<who>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤苗温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗曲盛骆翁柴][一-龥]{1,2})(?=[，,][你您](?!们))"
)
# 条件好的学校可以…, 党员三人以上的村都要…: those of whom something is true
_SUCH = re.compile(
    r"(?:^|(?<=[，,。；;！？!?\n]))(?P<who>(?![对给在为把将向从让请由使以按被到凡据照与和帮助支持鼓励选落查通推建加完]|存在|发现|表彰|如果|所有|任何|我|你|这|那|其)"
    r"(?:[一-龥]{2,6}[大小多少好差高低强弱齐全足够远近]|[一-龥]{2,8}\d{1,5}[一-龥]{1,2}(?:以上|以下)|[一-龥]{2,10}[一二三四五六七八九十百]{1,3}[一-龥]{1,2}(?:以上|以下))的(?:学校|幼儿园|村|社区|乡镇|街道|单位|部门|企业|科室|县区|支部)"
    r"|(?:包户|包村|包片|带队|值班|分管|经办)的(?:人|干部|同志|领导)(?=[来去到要]))"
    r"(?=[来去到]|[，,]?(?:[^，,。；;]{0,6}前)?(?:也|都|还)?(?:可以(?!随时)|要|必须|应当?)(?!求|通报|予以|给予|严肃|从严|追责|问责|取消|扣|奖|表彰|约谈|纳入|列入|重点|有))"
)
_MAY_BE_SUCH = re.compile("的[学幼村社乡街单部企科县支人干同领]")
# 钱一到账总务处马上组织: a well-known office inside a clause, with words that tell it to act
_MIDWAY = re.compile(
    r"(?<![县市区省镇乡对向给报由和与及同跟让请促导到为把在是经替的、，])(?P<who>总务处|教务处|政教处|德育处|后勤处|教导处|办公室|应急局|财政局|教育局|城管局|住建局|水务局|水利局|卫健局|民政局|督查室|督导室|派出所|居委会|村委会)(?=马上|立即|立刻|就要|必须|要(?!求)|负责(?!人)|牵头|组织|统一|抓紧|尽快)"
)
_TOLD_AT_ONCE = "马上|立即|立刻|就要|必须|要|负责|牵头|组织|统一|抓紧|尽快"
_MAY_BE_MIDWAY = re.compile(f"[处室局所队会](?:{_TOLD_AT_ONCE})")
_STUCK = re.compile(r"[没不][一-龥]{1,3}的(?=[一-龥]{2})")  # 拆不掉的应急局组织挖机进场
_IN_CHARGE_OF = re.compile(
    r"(?:^|(?<=[，,、。；;行]))(?P<who>[一-龥]{2,6})包(?:[一-龥]{1,3})(?=[、，,。；;]|$)"
)
_SEATED = re.compile(r"办公室设在")

# None of the patterns here can match without one of these. Each begins with a letter of its own: so it is found quickly.
MAY_NAME = re.compile(
    "由|请|让|叫|归|点一下|点个名|还得|还是|只能|就得|交给|交与|交由|责任|担子|任务|责成|委托|拜托|要求|希望|会同|会商|联合|协同|配合|在各|在全|自己"
    "|你|您|小|老|牵头|负责|带队|挂帅|主抓|包|设在|"
    + "|".join(f"{end}(?:{_TOLD_AT_ONCE})" for end in "处室局所队会")
    + "|没[一-龥]{1,3}的|不[一-龥]{1,3}的|"
    + _MAY_BE_SUCH.pattern
)

_LEFT_TO_THEM = re.compile(r"(?:自己|自行|自主)(?:定|选|决定|确定|选择|安排|掌握)")  # 课题由学校自己定
# Where one may begin: a look at two characters, quicker than the pattern with its looks behind.
_PHRASE_FIRST = re.compile(
    "由|请|让|叫|归|点(?=[一个])|还(?=[得是])|只(?=能)|就(?=[得要希])|交(?=[给与由])|责(?=[任成])|担(?=子)|任(?=务)|委(?=托)|拜(?=托)"
    "|要(?=求)|希(?=望)|会(?=[同商])|联(?=合)|协(?=同)|配(?=合)|在(?=[各全])|和(?<=[你您]和)|跟(?<=[你您]跟)|同(?<=[你您]同)"
)
_PHRASE_FIRST_OF_SELF = re.compile(f"{_PHRASE_FIRST.pattern}|的")


def _phrases(text: str) -> list[re.Match[str]]:
    last = 0
    found = []
    first = _PHRASE_FIRST_OF_SELF if "自己" in text else _PHRASE_FIRST
    for place in first.finditer(text):
        if place.start() >= last and (match := _PHRASE.match(text, place.start())):
            last = match.end()
            found.append(match)
    return found


def has_vocative(text: str) -> bool:
    """Whether somebody is spoken to (小刘你负责)."""
    return _may_speak_to(text) and _VOCATIVE.search(text) is not None


def _may_speak_to(text: str) -> bool:
    return _VOCATIVE_CHARS.search(text) is not None and _SPEAKS_TO.search(text) is not None


def read_phrases(passage: Passage, named: Named) -> None:
    """File the bodies that phrases inside the clauses name."""
    text = passage.text
    for match in _phrases(text):
        found = bodies_at(passage, match.end(), told=match.lastgroup not in ("in", "own"))
        if match.lastgroup == "in":
            named.main += _spread_over(passage, match.end())
            continue
        if not found or _LEFT_TO_THEM.match(text, found[1]):
            continue
        names, end = found
        if match.lastgroup == "by" and MADE_OF.match(text, end):
            continue
        if match.lastgroup == "co":
            named.co += names
        else:
            file_bodies(passage, names, end, named)
    for match in _VOCATIVE.finditer(text) if _may_speak_to(text) else ():
        team = (match["team"] or "").lstrip("，,")
        if team and match["who"] in named.main:
            named.main.remove(match["who"])
        named.main.append(f"{match['who']}{team}")
    if "，你" in text or "，您" in text:
        named.main += [match["who"] for match in _BY_FULL_NAME.finditer(text)]
    if _MAY_BE_SUCH.search(text) and not (named.main or named.lead):
        named.main += [match["who"] for match in _SUCH.finditer(text)]
    _read_rarer_phrases(passage, named)


def _read_rarer_phrases(passage: Passage, named: Named) -> None:
    """Offices met midway, those left with what others cannot do, A包B、C包D, and where an office is seated."""
    text = passage.text
    if not (named.main or named.lead):
        named.main += [
            match["who"] for match in (_MIDWAY.finditer(text) if _MAY_BE_MIDWAY.search(text) else ())
        ]
    for match in _STUCK.finditer(text) if "的" in text else ():
        if (found := bodies_at(passage, match.end())) and all_bodies(found[0], passage.known, firm_only=True):
            named.main += found[0]
    charges = list(_IN_CHARGE_OF.finditer(text)) if text.count("包") > 1 else []
    if len(charges) > 1:
        named.main += [match["who"].removeprefix("实行") for match in charges]
    for match in _SEATED.finditer(text) if "设在" in text else ():
        if found := bodies_at(passage, match.end(), told=True):
            named.main += found[0]


def _spread_over(passage: Passage, start: int) -> list[str]:
    """要在各学校、幼儿园开展…: those it is to be done at do it."""
    text, known = passage.text, passage.known
    for match in reversed(list(CANDIDATE.finditer(text, start, min(len(text), start + 40)))):
        if _SPREAD.match(text, match.end()):
            names = split_names(text[start : match.end()], known.units)
            return names if all_bodies(names, known) else []
    return []
