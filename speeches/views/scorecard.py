"""提取质量: the page that says how far to trust the engine."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from speeches.models import Speech
from speeches.outcomes import Outcome
from speeches.scorecard import Line, Tally, scorecard
from speeches.views.answer import person

# The columns between 已处理 and 采纳率, and those between 采纳率 and 采纳合计, with their heads; a narrow one breaks
# at the bars.
DECIDED = {
    Outcome.ACCEPTED: "原样|采纳",
    Outcome.EDITED: "修改后|采纳",
    Outcome.MERGED: "并入",
    Outcome.SPLIT: "拆分",
    Outcome.TO_REQUIREMENT: "转为|一般|要求",
    Outcome.PRINCIPLE: "原则|要求",
    Outcome.SITUATION: "情况|介绍",
    Outcome.DUPLICATE: "重复",
    Outcome.ELSEWHERE: "非本|单位",
}
BESIDES = {Outcome.PIECE: "拆分后|采纳", Outcome.PROMOTED: "要求|转任务", Outcome.ADDED: "人工|补充"}
# The original of a split one has made way for its halves: there is no list to open.
_WITHOUT_LIST = {Outcome.SPLIT}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure; `link` opens exactly what it counts and is blank where there is nothing to open."""

    count: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: one speech, the earlier ones together, or the total."""

    tally: Tally
    waiting: Cell
    decided: list[Cell]
    besides: list[Cell]
    dismissed: Cell
    line: Line | None = None


@require_GET
def scorecard_page(request: HttpRequest) -> HttpResponse:
    """For those who read speeches; a pure 联络员 does not."""
    user = person(request)
    if not (user.sees_everything or user.is_leader):
        raise PermissionDenied
    card = scorecard(speeches=Speech.objects.visible_to(user))
    context = {
        "card": card,
        "rows": [row(line.tally, line=line) for line in card.lines],
        "earlier": row(card.earlier),
        "total": row(card.total),
        "decided_heads": [head.split("|") for head in DECIDED.values()],
        "besides_heads": [head.split("|") for head in BESIDES.values()],
    }
    return render(request, "speeches/scorecard.html", context)


def row(tally: Tally, *, line: Line | None = None) -> Row:
    """The figures of a tally, with links where they belong to one speech."""
    base = f"{line.speech.get_absolute_url()}?show=" if line else ""

    def cell(outcome: Outcome) -> Cell:
        count = tally.of(outcome)
        return Cell(count, base + outcome.value if base and count and outcome not in _WITHOUT_LIST else "")

    return Row(
        tally=tally,
        waiting=cell(Outcome.WAITING),
        decided=[cell(outcome) for outcome in DECIDED],
        besides=[cell(outcome) for outcome in BESIDES],
        dismissed=Cell(tally.dismissed, base + "gaps" if base and tally.dismissed else ""),
        line=line,
    )
