"""Who governs an item that names nobody: the body of its heading, of its lead-in, or the subject of its own sentence."""

import re

from speeches.extraction.lexicon import LEXICON
from speeches.extraction.model import Directory
from speeches.extraction.segment import OWNER_BRACKET
from speeches.extraction.units import bodies_of_heading, find_responsible, subject_of
from speeches.extraction.view import View

_PARAGRAPH = 99  # the lead-in stands over one paragraph without numbers
# 教育局局长在…会议上的讲话 names who speaks, not who is to act.
_SPEECH_TITLE = re.compile(
    "(?:上|中)的?(?:讲话|发言|主持词|致辞|报告|点评|总结)(?:稿|提纲|摘要)?(?:[（(].*)?$"
)
_NO_SUBJECT_FIRST = frozenset("对在按从把将就以用给为针围结根依通经于自到随当凡每本明今年月")


class Governing:
    """The bodies a heading or lead-in names for the items under it; feed it every segment in order."""

    def __init__(self) -> None:
        self.bracket = ""
        self._heading: tuple[str, ...] = ()
        self._depth = 0
        self._lead_in: tuple[str, ...] = ()
        self._rank = 0  # of the first item under the lead-in
        self._line = 0
        self._opener: View | None = None  # of the sentence under way
        self._previous: View | None = None
        self._asked: View | None = None  # the opener whose subject is known
        self._subject: tuple[str, ...] = ()

    def see(self, view: View, directory: Directory) -> None:
        """Take in the next segment."""
        place, previous = view.place, self._previous
        if (
            previous is None
            or view.segment.first
            or previous.text.rstrip().endswith(("。", "！", "？", "!", "?"))
        ):
            self._opener = view
        self._previous = view
        self._leave_lead_in(view)
        if not place.heading or _SPEECH_TITLE.search(view.text):
            return
        if place.rank and (not (self._heading or self.bracket) or len(place.path) <= self._depth):
            self._heading, self.bracket, self._depth = (), "", len(place.path)
        bracket = OWNER_BRACKET.search(view.text)
        if bracket:
            self.bracket, self._depth = bracket[0], len(place.path)
        elif place.lead_in or not place.rank:
            self._enter_lead_in(view, directory)
        elif bodies := bodies_of_heading(view.text, directory=directory):
            self._heading, self._depth = bodies, len(place.path)

    def units_for(self, view: View, directory: Directory) -> tuple[str, ...]:
        """The bodies that govern a segment which names none itself: those of its sentence, its lead-in or its heading."""
        if _has_own_subject(view):
            return self._heading
        if opener := self._opened_by(view):
            if opener is not self._asked:
                self._asked, self._subject = opener, subject_of(opener.text, directory=directory)
            if self._subject:
                return self._subject
        return self._lead_in if self._is_item(view) else self._heading

    def _opened_by(self, view: View) -> View | None:
        """The segment whose subject goes on in `view`: the opener of its sentence, when it is no sibling (一是…；二是…)."""
        opener = self._opener
        if opener is None or opener is view or not _acts_at_once(view):
            return None
        return None if 0 < view.place.rank <= opener.place.rank else opener

    def _enter_lead_in(self, view: View, directory: Directory) -> None:
        named = find_responsible(view.text, directory=directory)
        bodies = (*named.lead, *named.co) or bodies_of_heading(view.text, directory=directory)
        self._lead_in, self._rank, self._line = bodies, 0, view.segment.line

    def _leave_lead_in(self, view: View) -> None:
        """An elder number, or a second paragraph behind a lead-in without numbers, is no item of it."""
        if not self._lead_in:
            return
        rank, line = view.place.rank, view.segment.line
        if not self._rank:
            self._rank, self._line = rank or _PARAGRAPH, line
        elif (rank and rank < self._rank) or (self._rank == _PARAGRAPH and line != self._line):
            self._lead_in = ()
        elif rank:
            self._line = line

    def _is_item(self, view: View) -> bool:
        """Whether the segment stands under the lead-in: numbered, or in the line of the number before."""
        return bool(self._lead_in) and view.segment.line == self._line


def _has_own_subject(view: View) -> bool:
    """Whether the first clause that acts says who does: 教师要…, 每个村建…."""
    for clause in view.clauses:
        if clause.initial:
            return False
        if clause.subject:
            return True
        if clause.modal:
            return _names_somebody(view.words_before(clause))
    return False


def _acts_at_once(view: View) -> bool:
    """Whether the segment begins with what is to be done: 制定…, 要开展…, 对超标的…, not with a matter: 其余的…"""
    first = view.clauses[0] if view.clauses else None
    if first is None:
        return False
    return (
        first.initial
        or first.modal
        or view.text[first.start - view.segment.start - view.place.skip :][:1] in _NO_SUBJECT_FIRST
    )


def _names_somebody(words: str) -> bool:
    words = words.strip(" 　，,")
    while words:
        length = next((n for n in (4, 3, 2, 1) if "adverb" in LEXICON.get(words[:n], ())), 0)
        if not length:
            break
        words = words[length:]
    return len(words) > 1 and words[0] not in _NO_SUBJECT_FIRST and not words[0].isdigit()
