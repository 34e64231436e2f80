"""A stretch of text in which bodies are looked for, and the places where the name of one may end. Internal to units."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from speeches.extraction.unit_names import (
    LAST,
    LAST_CHARS,
    LAST_UNFAMILIAR,
    NEVER_FIRST_IN_NAMES,
    NEVER_IN_NAMES,
    SAFE_FIRST,
    SELDOM_IN_NAMES,
    Known,
)

LONGEST_LIST = 60
# Where no list of names goes on: a mark, 要, or a word no name holds.
_STOPS = "，,。；;：:！？!?\n了着把也还你您他她它吗呢《》"
_END = re.compile(rf"[{_STOPS}要](?<![重主需纪摘机]要)")
_ASIDE = r"(?:[（(][^（）()]{1,14}[）)])?"
CANDIDATE = re.compile(f"(?:{LAST.pattern}){_ASIDE}")
_UNFAMILIAR = re.compile(f"(?:{LAST_UNFAMILIAR.pattern}){_ASIDE}")
# Where one of these stands, a name may also end behind 小王 or behind a bracket.
_RARE_ENDS = re.compile(f"[（(小老](?:(?<=[（(])|(?=[一-龥])(?![{LAST_CHARS}]))")
# What lets a name hold more than names do as a rule.
_UNUSUAL = re.compile(
    f'[（(“”"〔小老分同参](?:(?<=[（(“”"〔])|(?<=[小老])(?=[一-龥])(?![{LAST_CHARS}])|(?<=分)的?管|(?<=同)志|(?<=参))'
)
# Characters up to the nearest end, none of them a stop: first the common way, then with 重要, 需要 … on it.
_REACHES_END = re.compile(
    rf"[^{_STOPS}要]{{1,{LONGEST_LIST - 1}}}?{LAST_UNFAMILIAR.pattern}"
    rf"|(?=[^{_STOPS}要]+要(?<=[重主需纪摘机]要))(?:[^{_STOPS}要]|要(?<=[重主需纪摘机]要)){{1,{LONGEST_LIST - 1}}}?{LAST_UNFAMILIAR.pattern}"
)
_LASTS = f"{LAST_CHARS}志所处"
# Several ends are found faster by the lengths of what stands before them than one by one.
_UP_TO_LAST = re.compile(f"[^{_LASTS}]*+[{_LASTS}]")
# Whether an end is reached, told more roughly, to be tried at many places. One who is spoken to (你, 您) needs no end.
MAY_REACH_END = rf"(?=[你您]|[^{_STOPS}要][^{_STOPS}要{_LASTS}]{{0,{LONGEST_LIST - 2}}}+[{_LASTS}要])"
# Up to its end a name that nothing unusual stands in holds none of these: those few are tried closely that are names
# in 不动产, 所在县, 及其部门, or where a word may follow that is taken out of names before they are looked at (应急, 的 …).
_NO_STOP = rf"^{_STOPS}要{NEVER_IN_NAMES}{SELDOM_IN_NAMES}"
_SELDOM = (
    rf"不(?=[动定的])|[对为以就](?=[外口台民老上及业{SAFE_FIRST}])|与(?:(?<=等与)|(?=[会{SAFE_FIRST}]))"
    rf"|有(?:(?<=[国的]有)|(?=[关限色条{SAFE_FIRST}]))|在(?:(?<=[所的]在)|(?=[编职线{SAFE_FIRST}]))|其(?<=[及的]其)"
)
_MAY_BE_NAME = re.compile(
    rf"(?![{NEVER_FIRST_IN_NAMES}])"
    rf"(?:{_SELDOM}|[{_NO_STOP}][{_NO_STOP}{_LASTS}]{{0,{LONGEST_LIST - 2}}}+(?:[{_LASTS}要]|{_SELDOM}))"
)


class Passage:
    """A text and the office's names. As a rule the text is asked place by place where a name may end; where the
    office's own names, a bracket or 小王 stand, all places are listed first."""

    __slots__ = ("_doubtful", "_ends", "_stops", "known", "listed", "own_names", "quotes", "text", "usual")

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.known = text, known
        self._ends: list[int] = []
        self._stops: list[int] = []
        spans = [match.span() for match in known.pattern.finditer(text)] if known.pattern else []
        self.own_names = bool(spans)
        self.usual = not spans and _UNUSUAL.search(text) is None
        self.quotes = not self.usual and ("“" in text or "”" in text)
        self.listed = self.own_names or (not self.usual and _RARE_ENDS.search(text) is not None)
        self._doubtful = "所" in text or "处" in text or "志" in text  # which end some names only
        if self.listed:
            self._list(spans)

    def _list(self, spans: list[tuple[int, int]]) -> None:
        familiar = "小" in self.text or "老" in self.text
        ends = {match.end() for match in (CANDIDATE if familiar else _UNFAMILIAR).finditer(self.text)}
        ends.update(end for _, end in spans)
        inside = {at for start, end in spans for at in range(start, end)}
        self._ends = sorted(ends)
        self._stops = [at for match in _END.finditer(self.text) if (at := match.start()) not in inside]

    def has_end(self) -> bool:
        """Whether a name may end anywhere."""
        return bool(self._ends) if self.listed else LAST_UNFAMILIAR.search(self.text) is not None

    def may_be_name(self, at: int) -> bool:
        """A quick look whether the text from `at` may be a name, up to where one may end."""
        return not self.usual or _MAY_BE_NAME.match(self.text, at) is not None

    def may_begin(self, at: int) -> bool:
        """Whether a name that begins at `at` may end before a stop."""
        if not self.listed:
            return _REACHES_END.match(self.text, at) is not None
        ends = self._ends
        end = bisect_right(ends, at + 1)
        if end == len(ends) or ends[end] > at + LONGEST_LIST:
            return False
        stop = bisect_left(self._stops, at)
        return stop == len(self._stops) or ends[end] <= self._stops[stop]

    def ends_from(self, start: int) -> list[int]:
        """The places where a name that begins at `start` may end, the last first."""
        limit = start + LONGEST_LIST
        if self.listed:
            at = bisect_left(self._stops, start)
            limit = min(limit, self._stops[at]) if at < len(self._stops) else limit
            found = self._ends[bisect_right(self._ends, start + 1) : bisect_right(self._ends, limit)]
        else:
            stop = _END.search(self.text, start, limit)
            # Of the text behind the longest list one character is seen, for the sake of 所(?!得).
            seen = stop.start() if stop else limit + 1
            lengths = map(len, _UP_TO_LAST.findall(self.text, start + 1, seen))
            found = [end for end in accumulate(lengths, initial=start + 1) if start + 1 < end <= limit]
            if self._doubtful:
                found = [end for end in found if LAST_UNFAMILIAR.match(self.text, end - 1)]
        found.reverse()
        return found
