"""Which speeches the list shows."""

from dataclasses import dataclass

from django.db.models import Count, Q

from speeches.models import Speech, SpeechQuerySet

State = Speech.State
# Every word is four conditions; a database takes only so many.
LONGEST_SEARCH = 100
# The conditions of the tabs: the same for the list and for its count.
TABS: dict[str, tuple[str, Q]] = {
    "all": ("全部", Q()),
    "review": ("待核对", Q(state=State.DONE, reviewed_at__isnull=True)),
    "reviewed": ("核对完毕", Q(state=State.DONE, reviewed_at__isnull=False)),
    "working": ("处理中", Q(state__in=[State.QUEUED, State.WORKING])),
    "failed": ("失败", Q(state=State.FAILED)),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its figure. `key` is its name in the query string (`?view=review`)."""

    key: str
    label: str
    count: int
    is_current: bool


def search(speeches: SpeechQuerySet, words: str) -> SpeechQuerySet:
    """Those that carry every word in their title, speaker, meeting or file name."""
    for word in words[:LONGEST_SEARCH].replace("\0", "").split():
        speeches = speeches.filter(
            Q(title__icontains=word)
            | Q(speaker__icontains=word)
            | Q(meeting__icontains=word)
            | Q(file_name__icontains=word)
        )
    return speeches


def tabs(speeches: SpeechQuerySet, current: str) -> list[Tab]:
    """All tabs with their counts, in one query."""
    counts = speeches.aggregate(
        **{key: Count("pk", filter=condition) for key, (_, condition) in TABS.items()}
    )
    return [Tab(key, label, counts[key], key == current) for key, (label, _) in TABS.items()]


def rows(speeches: SpeechQuerySet, view: str) -> SpeechQuerySet:
    """The rows of one tab, without the long texts."""
    chosen = speeches.filter(TABS[view][1]).with_counts().select_related("uploaded_by")
    return chosen.defer("body", "sentences", "parts", "notes", "dismissed", "progress")
