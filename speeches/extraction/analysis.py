"""What the rules say of each segment: segments, headings, zones and words put together, before anything is decided."""

from speeches.extraction.rules import fire
from speeches.extraction.segment import OWNER_BRACKET, segments
from speeches.extraction.synonyms import matching_text
from speeches.extraction.tree import places
from speeches.extraction.view import View, look, scan
from speeches.extraction.zones import zones


def analyse(text: str) -> list[View]:
    """Segments of the text with the rules that hold for each."""
    matched = matching_text(text)
    found = segments(matched)
    where = places(matched, found)
    words = scan(matched)
    views = [
        look(matched, words, *three) for three in zip(found, where, zones(matched, found, where), strict=True)
    ]
    _situate(views)
    for view in views:
        fire(view)
    return views


def _situate(views: list[View]) -> None:
    """What the neighbours say: a bracket that closes a paragraph answers for all of it."""
    for at, view in enumerate(views):
        if view.segment.last and OWNER_BRACKET.search(view.text):
            _mark_owned(views, at)


def _mark_owned(views: list[View], at: int) -> None:
    line = views[at].segment.line
    while at >= 0 and views[at].segment.line == line:
        views[at].owner_bracket = True
        at -= 1
