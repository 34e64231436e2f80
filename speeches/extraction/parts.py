"""Several speeches in one file: where each begins and ends."""

import re

from speeches.extraction.model import Part

_TITLE = re.compile(
    r"^[ \t　]*(?:(?:篇|第)[一二三四五六七八九十\d]{1,3}(?:篇)?[:：、 ]?[^\n。！？]{0,40}|[^\n。！？，,；]{2,40}(?:讲话|报告|发言|致辞|讲话稿|发言稿|演讲稿)[ ]?(?:稿|范文)?[（(]?(?:篇)?[一二三四五六七八九十\d]{1,2}[）)]?)[ \t　]*$",
    re.MULTILINE,
)
SHORTEST = 200


def parts_of(text: str) -> tuple[Part, ...]:
    """The speeches of a file that holds several, in order; () when it holds one."""
    starts = list(_TITLE.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found = tuple(
        Part(title=match[0].strip(), start=match.start(), end=end)
        for match, end in zip(starts, ends, strict=False)
        if end - match.start() >= SHORTEST
    )
    return found if len(found) > 1 else ()
