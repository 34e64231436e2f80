"""One ledger list: who looks, which view, which filter, which order. Page, export, bulk and 上一件/下一件 share it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import InvalidPage
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from tracker.items.filters import LedgerFilter
from tracker.items.models import ActionItem
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Light, Reckoning
from tracker.items.tables import PAGE_SIZES, LedgerTable
from tracker.items.tabs import DEFAULT_TAB, SEARCH_TAB, TABS, Tab, count_tabs
from tracker.org.models import Department, Person

# What describes a place in the ledger; anything else in a query string is dropped.
STATE_KEYS = (
    "view", "q", "lead", "co", "light", "source", "status", "leader", "when", "due_from", "due_to", "speech",
    "sort", "page", "per_page", "department", "part",
)  # fmt: skip
_PLACE_KEYS = ("view", "sort", "page", "per_page", "department", "part")


@dataclass(frozen=True)
class Neighbours:
    """Where an item stands in the list it was opened from."""

    position: int
    total: int
    previous: int | None
    next: int | None


@dataclass(eq=False)
class Listing:
    """The items one person sees under one query string. `department` in it narrows it to that department's page."""

    user: Person
    query: QueryDict
    now: Reckoning = field(default_factory=Reckoning.now)

    @cached_property
    def department(self) -> Department | None:
        """The department whose page this is; None on the ledger."""
        pk = self.query.get("department", "")
        return Department.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None

    @cached_property
    def seen(self) -> ActionItemQuerySet:
        """All this person may see."""
        return ActionItem.objects.visible_to(self.user)

    @cached_property
    def visible(self) -> ActionItemQuerySet:
        """All this person may see here."""
        if self.department is None:
            return self.seen
        led, supported = self.seen.led_by([self.department]), self.seen.supported_by([self.department])
        part = self.query.get("part")
        if part in ("lead", "co"):
            return led if part == "lead" else supported
        return self.seen.filter(Q(pk__in=led.values("pk")) | Q(pk__in=supported.values("pk")))

    @cached_property
    def path(self) -> str:
        """The page this list is on."""
        return (
            reverse("items:department", args=[self.department.pk])
            if self.department
            else reverse("items:ledger")
        )

    @property
    def url(self) -> str:
        """The address of exactly this place."""
        state = self.state_with(department=None)
        return f"{self.path}?{state}" if state else self.path

    @cached_property
    def tab(self) -> Tab:
        """The chosen view; a search without one looks through everything."""
        fallback = SEARCH_TAB if self.query.get("q") or self.query.get("speech") else DEFAULT_TAB
        return TABS.get(self.query.get("view", fallback), TABS[fallback])

    @cached_property
    def tab_counts(self) -> dict[str, int]:
        """{key: number} of the views, whatever the filter."""
        return count_tabs(self.visible, self.now)

    @cached_property
    def filter(self) -> LedgerFilter:
        """The filter form with its queryset."""
        chosen = self.tab.choose(self.visible, self.now).with_light(self.now)
        return LedgerFilter(self.query, queryset=chosen, now=self.now, visible=self.visible)

    @cached_property
    def items(self) -> ActionItemQuerySet:
        """The filtered items. Nothing when the filter does not hold: a mistyped date must not widen a bulk action."""
        found: ActionItemQuerySet = (
            self.filter.qs if self.filter.form.is_valid() else ActionItem.objects.none()
        )
        return found.with_light(self.now)

    @cached_property
    def rows(self) -> ActionItemQuerySet:
        """The filtered items with what rows show, in the chosen order."""
        rows: ActionItemQuerySet = self._sorted_table().data.data
        return rows

    @cached_property
    def legend(self) -> dict[Light, int]:
        """{light: number} of the filtered items; the numbers always add up to the list."""
        annotated: Any = self.items.order_by()  # the stubs lose the annotation
        rows = annotated.values("light").annotate(n=Count("pk"))
        found = {row["light"]: row["n"] for row in rows}
        ended = [Light.ENDED] if found.get(Light.ENDED) else []
        return {
            kind: found.get(kind, 0) for kind in (Light.OVERDUE, Light.SOON, Light.HELD, Light.NORMAL, *ended)
        }

    @cached_property
    def total(self) -> int:
        """How many items are filtered."""
        return sum(self.legend.values())

    def _sorted_table(self, **options: Any) -> LedgerTable:
        table = LedgerTable(self.items.with_latest_feedback().for_rows(), now=self.now, **options)
        table.order_by = self.query.get("sort") or LedgerTable._meta.order_by
        return table

    def table(self, *, picks: bool) -> LedgerTable:
        """One page of rows; with boxes to select them when `picks`."""
        query = QueryDict(self.state_with(department=None))
        table = self._sorted_table(url=self.path, query=query, exclude=() if picks else ("pick",))
        table.state = self.state
        try:
            table.paginate(page=self.query.get("page", 1), per_page=self.page_size)
        except InvalidPage:
            table.paginate(page=1, per_page=self.page_size)
        shown = [row.record.pk for row in table.page.object_list]
        silent = ActionItem.objects.without_feedback(self.now).filter(pk__in=shown)
        table.silent = set(silent.values_list("pk", flat=True))
        return table

    @cached_property
    def page_size(self) -> int:
        """Rows a page: one of `PAGE_SIZES`."""
        wanted = self.query.get("per_page", "")
        return int(wanted) if wanted in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    @cached_property
    def state(self) -> str:
        """The query string of this place, for links that lead back to it."""
        return self.state_with()

    def state_with(self, **changes: Any) -> str:
        """The query string with some parts changed; None drops one."""
        kept = QueryDict(mutable=True)
        for key in STATE_KEYS:
            value = changes[key] if key in changes else self.query.get(key)
            if value not in (None, ""):
                kept[key] = str(value)
        return kept.urlencode()

    def state_for_tab(self, tab: Tab) -> str:
        """The query string of another view of this page, without any filter: its number is its list."""
        part = self.query.get("part") or None
        return f"view={tab.key}" + (f"&part={part}" if part in ("lead", "co") else "")

    @property
    def tab_state(self) -> str:
        """This view without its filter."""
        return self.state_for_tab(self.tab)

    @property
    def unsorted_state(self) -> str:
        """This place in the default order."""
        return self.state_with(sort=None, page=None, department=None)

    @property
    def order_label(self) -> str:
        """The order in words."""
        sort = self.query.get("sort", "")
        column = LedgerTable.base_columns.get(sort.lstrip("-"))
        if column is None or not column.orderable:
            return "灯、单位顺序、编号"
        return f"{column.verbose_name}{'从后往前' if sort.startswith('-') else '从前往后'}"

    @property
    def withdrawn(self) -> int:
        """中止 items: what is neither open nor closed."""
        return self.tab_counts["all"] - self.tab_counts["open"] - self.tab_counts["closed"]

    @property
    def is_filtered(self) -> bool:
        """Whether a filter beyond the view is set."""
        return any(self.query.get(key) for key in STATE_KEYS if key not in _PLACE_KEYS)

    def around(self, pk: int) -> Neighbours | None:
        """The neighbours of an item in this list; None when it is not (or no longer) in it."""
        order = list(self.rows.values_list("pk", flat=True))
        if pk not in order:
            return None
        here = order.index(pk)
        after = order[here + 1] if here + 1 < len(order) else None
        return Neighbours(here + 1, len(order), order[here - 1] if here else None, after)
