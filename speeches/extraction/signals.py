"""The questions rules ask of a segment: words of a class, a pattern, its verbs and objects, where it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from speeches.extraction.heads import first_chars
from speeches.extraction.lexicon import PLAIN, bits_of
from speeches.extraction.view import ACTING, IN, NUMBER, TOLD, View
from speeches.extraction.zones import Zone

Question = Callable[[View], bool]

_MEASURE = (
    r"(?:个|项|所|家|户|名|人次|人|处|次|条|台|套|张|座|栋|口|场|期|批次|公里|万|亿|亩|元|吨|千瓦|平方米|平方公里|天|小时|分钟|学时|%|％|‰|个百分点|"
    r"成|倍|篇|份|支|艘|辆|米|头|只|股|类|间|门|节|遍|轮)"
)
FIGURE = re.compile(
    rf"\d(?<![\d.,]\d)[\d.,]{{0,15}}(?:多|余|来)?{_MEASURE}|[一二两三四五六七八九十百](?:所|家|户|名|次|座|栋|场|期|条|份|篇|遍|轮)(?!次|性|方面)|[两二三四五六七八九十百](?:台|辆|艘|吨|亩|车|棵|公里|口井)|百分之"
)
AIM = re.compile(
    r"以上|以内|左右|不低于|不少于|不高于|不超过|达到|突破|控制在|力争|增长|下降|提高到|降至|降低到|超过|压减|新增|减少|全覆盖|清零|近\d"
)
# What is said rather than written: you and I, particles, plain words.
SPOKEN = r"你|咱|我(?![国省市县区校镇乡们院厅局党])|嘛|[吧呢啊][，,。？！]|怎么|这个事|的事[，,。]|给我|晓得|谁|(?<![特区分识级类性])别(?!人|的|处)|一下[，,。]|不许|人家|那个|哪[一个里儿]"
CN = "一二两三四五六七八九十半几"
_TELLING = bits_of("must", "forbid", "now", "assign", "strive", "target")
_DEFINITE = bits_of("mechanism", "project", "thing", "activity", "reform", "level", "assign", "target")
_ABSTRACT = bits_of("abstract")
_SHOWN = bits_of("mechanism", "project", "activity", "reform", "level")
_HARD = bits_of("verb_hard")
_FIRM_VERBS = bits_of("verb_hard", "verb_perfect")
_FIRM_OBJECTS = bits_of("mechanism", "project", "thing", "activity", "reform", "level")
SOLVING = re.compile(
    r"解决|查找|查摆|化解|破解|整改|纠正|剖析|补齐|消除|应对|找准|攻克|克服|防止|避免|排查|治理|整治|打通|帮助|救助|扶持"
)
_ORGAN = re.compile(
    r"(?:局|委|办|厅|院|校|园|站|所|部|政府|部门|单位|乡镇|镇|乡|街道|村|社区|支部|党委|纪委|工会|团委|学校|医院|公司|企业|银行|书记|校长|局长|主任|负责人|负责同志|干部|人员|中心|小组|媒体|机构|组织|老师|教师|同志)"
    r"(?:都|还|也|分别|具体|共同|自己)?$"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Holds when the segment has `least` words of the class. With `after_turn` only those count that stand where the
    instruction begins or later: what stands before the turn is only its occasion."""

    name: str
    least: int = 1
    after_turn: bool = False

    def __call__(self, view: View) -> bool:
        return view.count(self.name, after_turn=self.after_turn) >= self.least


class Like:
    """Holds when the pattern is found."""

    __slots__ = ("_search", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._search: Callable[[str], re.Match[str] | None] | None = None

    def __call__(self, view: View) -> bool:
        # Made at the first call only: the engine asks the sieve, and compiling all patterns twice takes a while.
        if self._search is None:
            self._search = re.compile(self.pattern).search
        return self._search(view.text) is not None


@dataclass(frozen=True, slots=True)
class Facts:
    """Holds of a segment of which all these facts are known, one of `some` (when there are any), and none of `no`."""

    all: int = 0
    some: int = 0
    no: int = 0

    def __call__(self, view: View) -> bool:
        return self.follows(view.facts)

    def follows(self, facts: int) -> bool:
        """Whether it holds of a segment with these facts."""
        return facts & (self.all | self.no) == self.all and (not self.some or facts & self.some != 0)


@dataclass(frozen=True, slots=True)
class Among:
    """Holds when one of the classes is among those of the first acting clause or of all: of its verb or its object."""

    kind: str
    classes: int

    def __call__(self, view: View) -> bool:
        return KINDS[self.kind](view) & self.classes != 0


KINDS: dict[str, Callable[[View], int]] = {
    "main act": lambda view: view.main.classes,
    "act": lambda view: view.acts,
    "main object": lambda view: view.main.object_classes,
    "object": lambda view: view.objects,
}


def one_of(words: str) -> str:
    """A pattern for the words, begun only at the characters they begin with: other places cost next to nothing."""
    return f"(?=[{''.join(sorted(first_chars(re.compile(words))))}])(?:{words})"


def in_zone(*zones: Zone) -> Facts:
    """Stands in one of the zones."""
    return Facts(some=sum(IN[zone] for zone in zones))


def untold(*zones: Zone) -> Facts:
    """Stands in one of the zones and gives no instruction in so many words."""
    return Facts(some=sum(IN[zone] for zone in zones), no=TOLD)


def acts(name: str) -> Among:
    """The first acting clause acts with a verb of the class."""
    return Among("main act", bits_of(name))


def some_act(name: str) -> Among:
    """Some clause acts with a verb of the class."""
    return Among("act", bits_of(name))


def main_object(name: str) -> Among:
    """The first acting clause ends in a noun of the class."""
    return Among("main object", bits_of(name))


def some_object(*names: str) -> Among:
    """Some acting clause ends in a noun of the classes."""
    return Among("object", bits_of(*names))


def every_object(*names: str) -> Question:
    """All acting clauses end in nouns of the classes."""
    wanted, plain = bits_of(*names), bits_of(PLAIN)

    def holds(view: View) -> bool:
        if not view.objects & wanted or view.objects & plain:  # a plain noun is of no other class
            return False
        objects = [clause.object_classes for clause in view.clauses]
        return 0 not in [classes & wanted for classes in objects if classes]

    return holds


def trouble(least: int) -> Question:
    """Words of trouble, unless the segment sets out to deal with it."""
    return lambda view: view.count("problem", after_turn=True) >= least and SOLVING.search(view.text) is None


DIGITS = frozenset("0123456789一二两三四五六七八九十百") | {chr(wide) for wide in range(0xFF10, 0xFF1A)}


def evidence(view: View) -> int:
    """How many kinds of evidence say that there will be something to show."""
    found = (view.present & _DEFINITE).bit_count()
    return found + (view.facts & NUMBER != 0) + ("《" in view.text)


def no_verb(view: View) -> bool:
    """Nothing acts and nothing is told."""
    return not view.facts & ACTING and not view.present & _TELLING


def organ(view: View) -> bool:
    """A body stands before 要 or 必须, or before what it does."""
    for clause in view.clauses:
        if clause.subject or (clause.modal_at > clause.start and _ORGAN.search(view.words_before(clause))):
            return True
    return False


def only_abstract(view: View) -> bool:
    """Abstract nouns and nothing one could show."""
    return view.present & (_ABSTRACT | _SHOWN) == _ABSTRACT


def all_soft(view: View) -> bool:
    """No acting clause does something one can hand in."""
    return view.facts & ACTING != 0 and not view.acts & _HARD


def firm(view: View) -> bool:
    """A clause does something one can hand in to something one can show."""
    if not (view.acts & _FIRM_VERBS and view.objects & _FIRM_OBJECTS):
        return False
    for clause in view.clauses:
        if clause.classes & _FIRM_VERBS and clause.object_classes & _FIRM_OBJECTS:
            return True
    return False


def figure_and_aim(view: View) -> bool:
    """A number with a word of aiming."""
    return view.facts & NUMBER != 0 and AIM.search(view.text) is not None
