"""What the rules say of each segment: segments, headings, zones and words put together, before anything is decided."""

from collections.abc import Iterable

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
    hits = scan(matched)
    views = [
        look(matched, hits, *three) for three in zip(found, where, zones(matched, found, where), strict=True)
    ]
    _situate(views)
    for view in views:
        fire(view)
    return views


def _situate(views: list[View]) -> None:
    """What the neighbours say: stands after a topic sentence, opens a section, shares a closing bracket."""
    topic = False
    for at, view in enumerate(views):
        segment, place = view.segment, view.place
        if segment.first:
            topic = False
        view.follows_topic = topic
        topic = topic or (place.heading and not segment.last)
        view.lead_paragraph = _opens_section(views, at)
        if segment.last and OWNER_BRACKET.search(view.text):
            _mark_owned(views[: at + 1])


def _opens_section(views: list[View], at: int) -> bool:
    view = views[at]
    if at == 0 or at + 1 == len(views) or not (view.segment.first and view.segment.last) or view.place.rank:
        return False
    before, after = views[at - 1].place, views[at + 1].place
    return before.heading and 0 < before.rank < 7 and after.rank == 0


def _mark_owned(views: Iterable[View]) -> None:
    group = list(views)
    line = group[-1].segment.line
    for view in reversed(group):
        if view.segment.line != line:
            break
        view.owner_bracket = True
