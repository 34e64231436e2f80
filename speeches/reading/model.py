"""The values reading gives. Plain frozen data."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

READER_VERSION = "1"
"""Changes whenever the same bytes may give another body."""

DocumentKind = Literal["speech", "minutes", "instruction", "document"]
"""讲话, 会议纪要, 批示, 文件."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says of itself. An empty string or None means that the text does not say.

    `speaker` is the name where one is given (岳建成), else the post (县委书记).
    """

    title: str = ""
    speaker: str = ""
    meeting: str = ""
    held_on: date | None = None
    kind: DocumentKind = "speech"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read. `body` is cleaned for good: spans index its code points and cleaning is never run again."""

    body: str
    meta: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
