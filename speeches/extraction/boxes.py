"""Who answers for an item where its own words do not say: the bracket that closes its paragraph, the boxes of a form
(责任单位：…, 完成时限：…) beside it. Internal to extract."""

import re
from itertools import takewhile

from speeches.extraction.firing import rules_of
from speeches.extraction.segment import OWNER_BRACKET
from speeches.extraction.view import OWNED, View

ITEMS_A_BOX_ANSWERS_FOR = 12
BOX = rules_of("form.box")
_ANSWERING = re.compile(
    "(?:责任|牵头|配合|协同|主办|协办|承办|参与|落实|实施)(?:责任|配合|协同)?(?:单位|部门|科室|处室)|(?:整改|完成|办结|推进)(?:时|期)"
)


def closing_bracket(views: list[View], at: int) -> str:
    """The responsibility bracket that closes the paragraph of a segment, when the segment has none of its own."""
    if not views[at].facts & OWNED or OWNER_BRACKET.search(views[at].text):
        return ""
    line = views[at].segment.line
    last = at
    while last + 1 < len(views) and views[last + 1].segment.line == line:
        last += 1
    bracket = OWNER_BRACKET.search(views[last].text)
    return bracket[0] if bracket else ""


def boxes_near(views: list[View], at: int) -> str:
    """责任单位：A and 完成时限：B beside an item, written as the bracket they stand for: the lines below it, which answer
    for all numbered items right above them, or else those between its problem and itself."""
    named = _answers(_boxes_below(views, at)) or _answers(_boxes_above(views, at))
    return f"（{'；'.join(named)}）" if named and not OWNER_BRACKET.search(views[at].text) else ""


def _answers(boxes: list[View]) -> list[str]:
    texts = [view.text.strip().rstrip("。；;") for view in boxes]
    return [text for text in texts if _ANSWERING.match(text)]


def _boxes_below(views: list[View], at: int) -> list[View]:
    boxes: list[View] = []
    for number in range(at + 1, min(at + 1 + ITEMS_A_BOX_ANSWERS_FOR, len(views))):
        view = views[number]
        if view.held & BOX:
            boxes.append(view)
        elif boxes or view.place.heading or not (view.place.rank or not view.segment.first):
            break
    return boxes


def _boxes_above(views: list[View], at: int) -> list[View]:
    near = reversed(views[max(0, at - ITEMS_A_BOX_ANSWERS_FOR) : at])
    return list(takewhile(lambda view: view.held & BOX, near))[::-1]
