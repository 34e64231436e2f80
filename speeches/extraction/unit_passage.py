"""A stretch of text in which bodies are looked for, and the places where the name of one may end. Internal to units."""

import re
from bisect import bisect_left, bisect_right

from speeches.extraction.unit_names import LAST, LAST_CHARS, LAST_UNFAMILIAR, Known

LONGEST_LIST = 60
# Where no list of names goes on: a mark, 要, or a word no name holds.
_STOPS = "，,。；;：:！？!?\n了着把也还你您他她它吗呢《》"
_END = re.compile(rf"[{_STOPS}要](?<![重主需纪摘机]要)")
_ASIDE = r"(?:[（(][^（）()]{1,14}[）)])?"
CANDIDATE = re.compile(f"(?:{LAST.pattern}){_ASIDE}")
_UNFAMILIAR = re.compile(f"(?:{LAST_UNFAMILIAR.pattern}){_ASIDE}")
# The same where nothing of the kind below stands: one set of characters is searched several times faster.
_PLAIN_END = re.compile(f"[{LAST_CHARS}]")
_RARE_ENDS = re.compile("[小老志所处（(]")
# Characters up to the nearest such end, none of them a stop: first the common way, then with 重要, 需要 … on it.
_REACHES_END = re.compile(
    rf"[^{_STOPS}要]{{1,{LONGEST_LIST - 1}}}?[{LAST_CHARS}]"
    rf"|(?=[^{_STOPS}要]+要(?<=[重主需纪摘机]要))(?:[^{_STOPS}要]|要(?<=[重主需纪摘机]要)){{1,{LONGEST_LIST - 1}}}?[{LAST_CHARS}]"
)


class Passage:
    """A text and the office's names. Where every name ends in a plain way the text is asked place by place; where the
    office's own names or rarer endings stand, all places are listed first."""

    __slots__ = ("_ends", "_stops", "known", "quotes", "text")

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.known = text, known
        self.quotes = "“" in text or "”" in text
        self._ends: list[int] | None = None
        self._stops: list[int] = []
        rare = _RARE_ENDS.search(text) is not None
        spans = [match.span() for match in known.pattern.finditer(text)] if known.pattern else []
        if rare or spans:
            self._list(rare, spans)

    def _list(self, rare: bool, spans: list[tuple[int, int]]) -> None:
        familiar = "小" in self.text or "老" in self.text
        ending = (CANDIDATE if familiar else _UNFAMILIAR) if rare else _PLAIN_END
        ends = {match.end() for match in ending.finditer(self.text)}
        ends.update(end for _, end in spans)
        inside = {at for start, end in spans for at in range(start, end)}
        self._ends = sorted(ends)
        self._stops = [at for match in _END.finditer(self.text) if (at := match.start()) not in inside]

    def has_end(self) -> bool:
        """Whether a name may end anywhere."""
        return bool(self._ends) if self._ends is not None else _PLAIN_END.search(self.text) is not None

    def may_begin(self, at: int) -> bool:
        """Whether a name that begins at `at` may end before a stop."""
        ends = self._ends
        if ends is None:
            return _REACHES_END.match(self.text, at) is not None
        end = bisect_right(ends, at + 1)
        if end == len(ends) or ends[end] > at + LONGEST_LIST:
            return False
        stop = bisect_left(self._stops, at)
        return stop == len(self._stops) or ends[end] <= self._stops[stop]

    def ends_from(self, start: int) -> list[int]:
        """The places where a name that begins at `start` may end, the last first."""
        limit = min(len(self.text), start + LONGEST_LIST)
        if self._ends is None:
            stop = _END.search(self.text, start, limit)
            limit = stop.start() if stop else limit
            found = [match.end() for match in _PLAIN_END.finditer(self.text, start + 1, limit)]
        else:
            at = bisect_left(self._stops, start)
            limit = min(limit, self._stops[at]) if at < len(self._stops) else limit
            found = self._ends[bisect_right(self._ends, start + 1) : bisect_right(self._ends, limit)]
        found.reverse()
        return found
