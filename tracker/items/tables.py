"""The ledger as a table: columns, their sort keys, their cells."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.template.loader import get_template

from tracker.items.models import ActionItem
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Light, Reckoning

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
        context = {"item": record, "now": table.now, "state": table.state, "silent": table.silent}
        return str(get_template(self.template_name).render({**context, "picked": table.picked}))


def _ordering(key: str, is_descending: bool) -> OrderBy:
    blanks: dict[str, bool] = {"nulls_first": True} if key in _BLANK_FIRST else {"nulls_last": True}
    return F(key).desc(**blanks) if is_descending else F(key).asc(**blanks)


class LedgerTable(tables.Table):
    """Rows need `with_light`, `with_latest_feedback` and `for_rows`.

    `url` and `query` are where its links lead; `silent` and `picked` are primary keys, set by the page.
    """

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

    class Meta:
        model = ActionItem
        fields: ClassVar[tuple[str, ...]] = ()
        order_by = ("light",)
        attrs: ClassVar[dict[str, str]] = {"class": "t led"}
        row_attrs: ClassVar[dict[str, Any]] = {
            "id": lambda record: f"i{record.pk}",
            "class": lambda record: "ov" if record.light == Light.OVERDUE else None,
        }
        empty_text = "没有符合条件的事项"
        template_name = "tables/table.html"

    def __init__(
        self, *args: Any, now: Reckoning, url: str = "", query: QueryDict | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.url = now, url
        self.query = query if query is not None else QueryDict()
        self.state = ""
        self.silent: set[int] = set()
        self.picked: set[int] = set()
        self.sizes = PAGE_SIZES
