"""Small things the review page's templates say."""

from typing import Any
from urllib.parse import urlencode

from django import template

from speeches.board import Board
from speeches.cards import Card
from speeches.coverage import Gap
from speeches.models import Candidate
from speeches.review import clock

register = template.Library()


@register.filter
def decided_by_at(candidate: Candidate) -> str:
    """周某 9:40."""
    return " ".join(filter(None, [str(candidate.decided_by or ""), clock(candidate.decided_at)]))


@register.filter
def cut(body: str, gap: Gap) -> str:
    """The words of an unclaimed sentence."""
    return body[gap.start : gap.end].strip()


@register.simple_tag
def at_url(board: Board, card: Card) -> str:
    """The page with this card as the current one, in the same tab."""
    query: dict[str, Any] = {"show": board.show.value} if board.show != "all" else {}
    return f"?{urlencode({**query, 'at': card.start})}#{card.key}"
