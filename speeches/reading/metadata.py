"""What a text says of itself: title, speaker, meeting, day and kind. A blank is better than a guess."""

from collections.abc import Sequence

from .dates import find_date
from .frame import frame_of, kind_of_title
from .model import DocumentKind, Metadata
from .people import find_speaker
from .titles import find_meeting, find_title

_MINUTES_LABELS = ("参会", "出席", "列席", "缺席", "记录", "主持")


def propose_metadata(body: str, *, name: str = "", hints: Sequence[str] = ()) -> Metadata:
    """Proposals from a cleaned body; the clerk may change each.

    `name` is the file's name and `hints` are titles from removed furniture: both only help where the text has no title.
    """
    lines = body.split("\n")
    frame = frame_of(lines)
    title = find_title(lines, frame, name=name, hints=hints)
    kind = _kind(title, frame.head)
    return Metadata(
        title=title,
        speaker=find_speaker(title, frame, kind=kind),
        meeting=find_meeting(title, frame),
        held_on=find_date(title, frame, kind=kind),
        kind=kind,
    )


def _kind(title: str, head: Sequence[str]) -> DocumentKind:
    named = kind_of_title(title)
    if named:
        return named
    labels = sum(any(line.startswith(label) for label in _MINUTES_LABELS) for line in head)
    return "minutes" if labels >= 2 else "speech"
