"""What the rules say of each segment: segments, headings, zones and words put together, before anything is decided."""

from itertools import pairwise

from speeches.extraction.firing import fire, fire_heading, heading_sounds_spoken, sounds_spoken
from speeches.extraction.lexicon import bits_of
from speeches.extraction.segment import OWNER_BOX, OWNER_BRACKET, segments
from speeches.extraction.synonyms import matching_text
from speeches.extraction.tree import places
from speeches.extraction.view import (
    AFTER_HEADING,
    AFTER_PAST,
    AFTER_TOLD,
    OWNED,
    TALK,
    TOLD,
    View,
    look,
    scan,
)
from speeches.extraction.zones import zones

NEIGHBOURS = 6
SPOKEN_SHARE = 0.3
_OVER = bits_of("perfective", "already", "past_time", "achieved")


def analyse(text: str) -> list[View]:
    """Segments of the text with the rules that hold for each."""
    matched = matching_text(text)
    found = segments(matched)
    where = places(matched, found, original=text)
    words = scan(matched)
    views = [
        look(matched, words, *three) for three in zip(found, where, zones(matched, found, where), strict=True)
    ]
    _situate(views)
    _hear(views)
    for view in views:
        if view.place.heading:
            fire_heading(view)
        else:
            fire(view)
    return views


def _situate(views: list[View]) -> None:
    """What the neighbours say: the heading or sentence before, and a bracket that closes a paragraph, or the box of a
    form below it, and answers for all of it."""
    first = None  # of the line of `before`
    for at, (before, view) in enumerate(pairwise(views)):
        if first is None or first.segment.line != before.segment.line:
            first = before
        if before.place.heading:
            view.facts |= AFTER_HEADING
        elif before.segment.line == view.segment.line:
            if before.facts & TOLD:
                view.facts |= AFTER_TOLD
            elif before.present & _OVER:
                view.facts |= AFTER_PAST
        # A numbered item, not the problem or the heading above the items.
        if first.place.rank and not before.place.heading and OWNER_BOX.match(view.text):
            _mark_owned(views, at)
    for at, view in enumerate(views):
        if view.segment.last and OWNER_BRACKET.search(view.text):
            _mark_owned(views, at)


def _mark_owned(views: list[View], at: int) -> None:
    """Mark the segments of a line up to `at`; in front of a marked one all are."""
    line = views[at].segment.line
    while at >= 0 and views[at].segment.line == line and not views[at].facts & OWNED:
        views[at].facts |= OWNED
        at -= 1


def _hear(views: list[View]) -> None:
    """Talk without a script is known by its neighbourhood: a speaker who reads out one section talks freely in the next."""
    heard = [0]
    for view in views:
        spoken = heading_sounds_spoken(view) if view.place.heading else sounds_spoken(view)
        heard.append(heard[-1] + spoken)
    for at, view in enumerate(views):
        low, high = max(0, at - NEIGHBOURS), min(len(views), at + NEIGHBOURS + 1)
        if heard[high] - heard[low] >= SPOKEN_SHARE * (high - low):
            view.facts |= TALK
