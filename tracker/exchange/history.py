"""The history of items as a workbook: every event, old → new of every field, as it was written. Nothing is left out."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from tracker.items.export import safe_text
from tracker.items.models import ActionItem, Event
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.states import Status
from tracker.items.timeline import change_in_words

HEADINGS = ("编号", "督办事项", "时间", "办理过程", "经办人", "内容", "字段", "原值", "新值")
_WIDTHS = (14, 36, 18, 14, 10, 50, 12, 24, 24)


def events_of(items: ActionItemQuerySet) -> Iterator[Event]:
    """The events of `items`, item by item, the oldest first."""
    chosen = Event.objects.filter(item__in=items.values("pk")).select_related("item", "by")
    yield from chosen.order_by("item__number_year", "item__number_seq", "at", "pk").iterator(chunk_size=1000)


def history_workbook(events: Iterable[Event], *, title: str) -> bytes:
    """The workbook's bytes: a line an event, and a line more for each further field it changed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("办理过程")
    sheet.freeze_panes = "A3"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGHI"[place]].width = width
    sheet.append([safe_text(sheet, title)])
    sheet.append(list(HEADINGS))
    for event in events:
        for line in _lines(event):
            sheet.append([safe_text(sheet, cell) for cell in line])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lines(event: Event) -> Iterator[tuple[Any, ...]]:
    item: ActionItem = event.item
    head = (
        item.number,
        item.title,
        f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
        event.get_kind_display(),
        str(event.by or "系统"),
        event.text,
    )
    changes = [change_in_words(name, *pair) for name, pair in event.changes.items() if len(pair) == 2]
    labels = dict(Status.choices)
    if event.after in labels:
        changes.insert(0, ("状态", str(labels.get(event.before, "")), str(labels[event.after])))
    for at, (name, old, new) in enumerate(changes or [("", "", "")]):
        yield (*(head if not at else (item.number, "", "", "", "", "")), name, old, new)
