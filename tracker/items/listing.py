"""One ledger list: who looks, which view, which filter, which order. Page, export, bulk and 上一件/下一件 share it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import InvalidPage
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from tracker.items.columns import read_columns
from tracker.items.facts import facts_of
from tracker.items.filters import LedgerFilter
from tracker.items.models import ActionItem, LedgerChoice, SavedView
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import Light, Reckoning
from tracker.items.tables import PAGE_SIZES, LedgerTable
from tracker.items.tabs import DEFAULT_TAB, SEARCH_TAB, TABS, Tab, count_tabs
from tracker.org.models import Department, Person

# What describes a place in the ledger; anything else in a query string is dropped.
STATE_KEYS = (
    "view", "q", "lead", "co", "light", "source", "status", "leader", "when", "due_from", "due_to", "speech",
    "sort", "page", "per_page", "department", "part", "saved",
)  # fmt: skip
_KEY_WORDS = {"view": "视图", "sort": "排序"}
_SORTABLE = frozenset(name for name, column in LedgerTable.base_columns.items() if column.orderable)
_SORTED_BY_REPORT = ("progress", "percent")
_PLACE_KEYS = ("view", "sort", "page", "per_page", "department", "part", "saved")


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
    ignored: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Leave out what the address says wrongly: it narrows nothing, and no link carries it on."""
        known = self.query.copy()
        self.query = known
        for key, choices in (("view", TABS), ("sort", _SORTABLE)):
            said = str(known.get(key, ""))
            if said and (said.removeprefix("-") if key == "sort" else said) not in choices:
                self._ignore(key, _KEY_WORDS[key])
        self.filter  # noqa: B018 (notes what it cannot read before anybody asks for a link)

    def _ignore(self, key: str, label: str) -> None:
        said = str(self.query.get(key, ""))
        self.ignored.append(f"{label}“{said[:40]}”")
        del self.query[key]

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
        made = LedgerFilter(self.query, queryset=chosen, now=self.now, visible=self.visible)
        unknown = made.unknown
        for name in unknown:
            self._ignore(name, str(made.form.fields[name].label))
        if unknown:
            made = LedgerFilter(self.query, queryset=chosen, now=self.now, visible=self.visible)
        return made

    @cached_property
    def saved(self) -> SavedView | None:
        """The saved view this place was opened from."""
        pk = self.query.get("saved", "")
        known = SavedView.objects.usable_by(self.user)
        return known.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None

    @cached_property
    def choice(self) -> LedgerChoice | None:
        """How this person likes the ledger."""
        return LedgerChoice.objects.filter(person=self.user).first()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns to show: those of the saved view, else the person's own, else the standard ones."""
        if self.saved and self.saved.columns:
            return read_columns(self.saved.columns)
        return read_columns(self.choice.columns if self.choice else "")

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
        items = self.items.with_latest_feedback().for_rows()
        if {"parts", "still"} & set(self.columns):
            items = items.with_part_counts().with_changed_on()
        rows: ActionItemQuerySet = self._sorted_table(items).data.data
        return rows

    @cached_property
    def marks(self) -> dict[int, int]:
        """{primary key: version} of the filtered items, in the chosen order."""
        by_report = self.query.get("sort", "").lstrip("-") in _SORTED_BY_REPORT
        items = self.items.with_latest_feedback() if by_report else self.items
        ordered: ActionItemQuerySet = self._sorted_table(items).data.data
        return dict(ordered.values_list("pk", "version"))

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

    def _sorted_table(self, items: ActionItemQuerySet, **options: Any) -> LedgerTable:
        table = LedgerTable(items, now=self.now, columns=self.columns, **options)
        table.order_by = self.query.get("sort") or LedgerTable._meta.order_by
        return table

    def table(self, *, picks: bool) -> LedgerTable:
        """One page of rows; with boxes to select them when `picks`."""
        query = QueryDict(self.state_with(department=None))
        # The latest report is read for the page's rows alone, unless the order needs it of all.
        by_report = self.query.get("sort", "").lstrip("-") in _SORTED_BY_REPORT
        items = self.items.with_latest_feedback() if by_report else self.items
        table = self._sorted_table(items.for_rows(), url=self.path, query=query, picks=picks)
        table.state = self.state
        try:
            table.paginate(page=self.query.get("page", 1), per_page=self.page_size)
        except InvalidPage:
            table.paginate(page=1, per_page=self.page_size)
        table.facts = facts_of([row.record for row in table.page.object_list], self.now)
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
    def total_of_tab(self) -> int:
        """The number of this view, whatever the filter."""
        return self.tab_counts.get(self.tab.key, 0)

    @property
    def tab_state(self) -> str:
        """This view without its filter."""
        return self.state_for_tab(self.tab)

    @property
    def saveable_state(self) -> str:
        """This place as a saved view keeps it."""
        return self.state_with(page=None, department=None, part=None, saved=None)

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
        order = list(self.marks)
        if pk not in order:
            return None
        here = order.index(pk)
        after = order[here + 1] if here + 1 < len(order) else None
        return Neighbours(here + 1, len(order), order[here - 1] if here else None, after)
