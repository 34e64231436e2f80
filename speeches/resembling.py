"""Items that a new candidate resembles: what has been assigned already, said in words, to be joined in one click."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from speeches.models import Speech
from speeches.similar import most_alike
from tracker.items.models import ActionItem

_AMONG = 2000  # the latest items; a new speech does not repeat older ones
_LOOKED_AT, _SHOWN = 4, 2
# A heading says less than a title; short ones (食堂, 项目建设) are a field of work, not a task.
_TOPIC_LEAST, _SHORTEST_TOPIC = 0.6, 6
_NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+(?:[、．.]|[件项条]?[，,、]|是|要)|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*"
)


@dataclass(frozen=True, slots=True)
class Resembling:
    """An item that reads nearly the same. `said` tells where it comes from: 讲话已布置, 例会已布置, 此前已布置."""

    item: ActionItem
    said: str
    is_ours: bool

    @property
    def origin(self) -> str:
        """The name of that speech or meeting; none where it is this very speech."""
        return "" if self.is_ours else self.item.source


def similar_items(
    title: str, *, speech: Speech, section: Sequence[str] = (), names: Iterable[str] = ()
) -> list[Resembling]:
    """Up to two items that read nearly the same, those that can still be joined first, then the best.

    Where no title does, those that the innermost heading names: under 第三件，4所无证办园点 the sentences do not repeat
    what they are about. One query, or four where there are any. `names` of bodies tell little of what is to be done.
    """
    recent = ActionItem.objects.order_by("-number_year", "-number_seq").values_list("pk", "title")
    titles = list(recent[:_AMONG])
    keys, by_heading = most_alike(title, titles, limit=_LOOKED_AT, names=names), False
    topic = _NUMBER.sub("", section[-1]) if section else ""
    if not keys and len(topic) >= _SHORTEST_TOPIC:
        keys, by_heading = most_alike(topic, titles, limit=_LOOKED_AT, names=names, least=_TOPIC_LEAST), True
    if not keys:
        return []
    found = ActionItem.objects.select_related("lead").prefetch_related("quotes", "groups").in_bulk(keys)
    best = sorted((found[key] for key in keys if key in found), key=lambda item: not item.is_open)
    told = (_told(item, speech, by_heading=by_heading) for item in best)
    # What this speech has assigned under the heading is another of its sentences, not this one over again.
    return [one for one in told if not (by_heading and one.is_ours)][:_SHOWN]


def _told(item: ActionItem, speech: Speech, *, by_heading: bool) -> Resembling:
    refs = {quote.speech_ref for quote in item.quotes.all()}
    is_ours = speech.pk in refs
    verb = "已布置" if item.is_open else "曾布置"
    where = _where(item, is_ours=is_ours, spoken=bool(refs - {None}))
    return Resembling(item, f"标题所指，{where}{verb}" if by_heading else where + verb, is_ours)


def _where(item: ActionItem, *, is_ours: bool, spoken: bool) -> str:
    """What handed it out, by its source: a meeting's own items quote the meeting, which is no speech of ours."""
    if is_ours:
        return "本讲话"
    if "例会" in item.source:
        return "例会"
    return "讲话" if spoken or "讲话" in item.source else "此前"
