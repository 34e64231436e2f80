"""The ledger as a table: columns, their sort keys, their cells."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.template.loader import get_template

from tracker.items.columns import COLUMNS, STANDARD
from tracker.items.facts import NO_FACTS, Facts, original_lateness
from tracker.items.models import ActionItem
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Light, Reckoning
from tracker.items.templatetags.items import day

PAGE_SIZES = (20, 50, 100)
_UNIT_THEN_NUMBER = ("lead__position", "number_year", "number_seq")
# Items nobody leads stand before all departments, so that nobody overlooks them; other blanks stand last.
_BLANK_FIRST = {"lead__position"}


class SortedColumn(tables.TemplateColumn):
    """A cell from a template, sorted by `keys`; the primary key always decides last, so that pages never overlap."""

    def __init__(self, cell: str, *, keys: tuple[str, ...] = (), **extra: Any) -> None:
        super().__init__(template_name=f"items/cells/{cell}.html", orderable=bool(keys), **extra)
        self.keys = keys

    def order(self, queryset: ActionItemQuerySet, is_descending: bool) -> tuple[ActionItemQuerySet, bool]:
        """Sort by the keys; blanks stay where `_BLANK_FIRST` says in both directions."""
        return queryset.order_by(*(_ordering(key, is_descending) for key in self.keys), "pk"), True

    def render(self, record: ActionItem, table: "LedgerTable", **kwargs: Any) -> str:
        """The cell, with the row's item and the table's own facts: a small context, because a page has 1,200 cells."""
        context = {"item": record, "now": table.now, "state": table.state, "facts": table.facts_of(record)}
        return str(get_template(self.template_name).render({**context, "picked": table.picked}))


class PlainColumn(tables.Column):
    """A cell of plain words: `read` gets the item and the table."""

    def __init__(
        self, read: "Callable[[ActionItem, LedgerTable], object]", *, keys: tuple[str, ...] = (), **extra: Any
    ) -> None:
        super().__init__(empty_values=(), orderable=bool(keys), **extra)
        self.read, self.keys = read, keys

    order = SortedColumn.order

    def render(self, record: ActionItem, table: "LedgerTable", **kwargs: Any) -> str:
        """The words; a dash for nothing."""
        value = self.read(record, table)
        return "—" if value in (None, "") else str(value)


def _row_class(item: ActionItem, table: "LedgerTable") -> str | None:
    classes = ["ov"] if getattr(item, "light", None) == Light.OVERDUE else []
    return " ".join([*classes, "just"] if item.pk in table.changed else classes) or None


def _plain(
    name: str, css: str, read: "Callable[[ActionItem, LedgerTable], object]", *keys: str
) -> PlainColumn:
    return PlainColumn(read, keys=keys, verbose_name=COLUMNS[name], attrs={"td": {"class": css}})


def _percent(item: ActionItem) -> str:
    percent = getattr(item, "feedback_percent", None)
    return "" if percent is None else f"{percent}%"


def _closed(item: ActionItem) -> str:
    return f"{day(item.closed_on)} {item.get_closing_kind_display()}".strip()


def _ordering(key: str, is_descending: bool) -> OrderBy:
    blanks: dict[str, bool] = {"nulls_first": True} if key in _BLANK_FIRST else {"nulls_last": True}
    return F(key).desc(**blanks) if is_descending else F(key).asc(**blanks)


class LedgerTable(tables.Table):
    """Rows need `with_light`, `with_latest_feedback` and `for_rows`.

    `url` and `query` are where its links lead; `columns` which to show, `picks` with boxes before them. `facts` and
    `picked` (primary keys) are set by the page.
    """

    now: Reckoning

    pick = SortedColumn("pick", verbose_name="选择", attrs={"td": {"class": "c"}, "th": {"class": "c"}})
    light = SortedColumn("light", keys=("light", *_UNIT_THEN_NUMBER), verbose_name="灯／工作日")
    number = SortedColumn(
        "number", keys=("number_year", "number_seq"), verbose_name="编号", attrs={"td": {"class": "nw"}}
    )
    title = SortedColumn(
        "title", verbose_name="督办事项／来源", attrs={"th": {"class": "w-title"}, "td": {"class": "w-title"}}
    )
    lead = SortedColumn(
        "lead", keys=_UNIT_THEN_NUMBER, verbose_name="牵头单位", attrs={"th": {"class": "w-unit"}}
    )
    supporting = SortedColumn(
        "supporting", verbose_name="配合单位", attrs={"th": {"class": "w-unit"}, "td": {"class": "small2"}}
    )
    issued = SortedColumn("issued", keys=("issued_on",), verbose_name="交办", attrs={"td": {"class": "nw"}})
    original = SortedColumn(
        "original", keys=("original_due",), verbose_name="原定时限", attrs={"td": {"class": "nw"}}
    )
    due = SortedColumn("due", keys=("due",), verbose_name="现时限", attrs={"td": {"class": "nw"}})
    progress = SortedColumn(
        "progress", keys=("feedback_day",), verbose_name="最新进展",
        attrs={"th": {"class": "w-progress"}, "td": {"class": "pg"}},
    )  # fmt: skip
    status = SortedColumn("status", keys=("status",), verbose_name="状态", attrs={"td": {"class": "nw"}})
    officer = SortedColumn(
        "officer", keys=("officer__name",), verbose_name="督办人", attrs={"td": {"class": "nw"}}
    )
    level = _plain("level", "nw", lambda item, table: item.level, "level")
    leader = _plain("leader", "nw", lambda item, table: item.leader, "leader__name")
    owner = _plain("owner", "nw", lambda item, table: item.owner, "owner__name")
    cycle = _plain("cycle", "nw", lambda item, table: item.get_feedback_cycle_display(), "feedback_cycle")
    percent = _plain("percent", "n", lambda item, table: _percent(item), "feedback_percent")
    problem = _plain("problem", "pg", lambda item, table: getattr(item, "feedback_problem", ""))
    next = _plain("next", "pg", lambda item, table: getattr(item, "feedback_next", ""))
    source_date = _plain("source_date", "nw", lambda item, table: day(item.source_date), "source_date")
    extensions = _plain("extensions", "n", lambda item, table: item.extensions or "", "extensions")
    parts = _plain("parts", "n", lambda item, table: table.facts_of(item).parts)
    still = _plain("still", "n", lambda item, table: table.facts_of(item).still or "")
    on_original = _plain(
        "on_original", "n", lambda item, table: original_lateness(item, table.now) or "", "original_due"
    )
    closed = _plain("closed", "nw", lambda item, table: _closed(item), "closed_on")

    class Meta:
        model = ActionItem
        fields: ClassVar[tuple[str, ...]] = ()
        order_by = ("light",)
        attrs: ClassVar[dict[str, str]] = {"class": "t led phone-cards"}
        row_attrs: ClassVar[dict[str, Any]] = {
            "id": lambda record: f"i{record.pk}",
            "class": lambda record, table: _row_class(record, table),
        }
        empty_text = "没有符合条件的事项"
        template_name = "tables/table.html"

    def __init__(
        self,
        *args: Any,
        now: Reckoning,
        url: str = "",
        query: QueryDict | None = None,
        columns: Sequence[str] = STANDARD,
        picks: bool = False,
        **kwargs: Any,
    ) -> None:
        shown = (*(["pick"] if picks else []), *columns)
        hidden = [name for name in self.base_columns if name not in shown]
        super().__init__(*args, sequence=shown, exclude=hidden, **kwargs)
        self.now, self.url = now, url
        self.query = query if query is not None else QueryDict()
        self.state = ""
        self.facts: dict[int, Facts] = {}
        self.picked: set[int] = set()
        self.changed: set[int] = set()  # by the bulk change just made
        self.sizes = PAGE_SIZES

    @property
    def shown(self) -> list[int]:
        """The primary keys of the page."""
        return [row.record.pk for row in self.page.object_list]

    def facts_of(self, item: ActionItem) -> Facts:
        """What is known of a row beside its own columns."""
        return self.facts.get(item.pk, NO_FACTS)
