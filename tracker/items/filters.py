"""The filters of the ledger."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from tracker.items.dayfield import DayField
from tracker.items.models import ActionItem
from tracker.items.querysets import ActionItemQuerySet
from tracker.items.reckoning import LIGHT_MARKS, LIGHT_WORDS, Light, Reckoning
from tracker.items.search import search
from tracker.items.states import Status
from tracker.items.widgets import UnitSelect
from tracker.org.models import Department, Person

# Every word is a condition of its own; a database takes only so many.
LONGEST_SEARCH = 100
SPANS = (("week", "本周"), ("month", "本月"), ("quarter", "本季度"), ("past", "今天以前"), ("none", "未明确"))


class DayFilter(django_filters.DateFilter):
    """A date filter that reads Chinese dates."""

    field_class = DayField


def _span(name: str, now: Reckoning) -> Q:
    """The condition on `due` of one of `SPANS`."""
    day = now.today
    if name == "none":
        return Q(due__isnull=True)
    if name == "past":
        return Q(due__lt=day)
    if name == "week":
        return Q(due__gt=now.week_end - timedelta(days=7), due__lte=now.week_end)
    if name == "month":
        return Q(due__year=day.year, due__month=day.month)
    first = 3 * ((day.month - 1) // 3) + 1
    return Q(due__year=day.year, due__month__gte=first, due__month__lte=first + 2)


def _sources(items: ActionItemQuerySet, chosen: str) -> Callable[[], list[tuple[str, str]]]:
    """The sources that occur, the latest first, and the chosen one: read when the form is shown.

    A saved view may name a source that its reader has no item of: it finds nothing, which is the truth.
    """

    def read() -> list[tuple[str, str]]:
        rows = items.exclude(source="").order_by("-source_date", "source").values_list("source", flat=True)
        names = [*rows.distinct(), *([chosen] if chosen else [])]
        return [(source, source) for source in dict.fromkeys(names)]

    return read


class LedgerFilter(django_filters.FilterSet):
    """Filters over a queryset annotated with `light`. Needs `now=` beside the usual arguments."""

    q = django_filters.CharFilter(method="by_text", label="标题、编号、原文", max_length=LONGEST_SEARCH)
    lead = django_filters.ModelChoiceFilter(
        queryset=Department.objects.none(),
        method="by_department",
        label="牵头单位",
        empty_label="牵头单位：全部",
        widget=UnitSelect,
    )
    co = django_filters.BooleanFilter(
        method="nothing", label="含配合", widget=forms.CheckboxInput
    )  # read by by_department
    light = django_filters.ChoiceFilter(
        choices=[(kind.value, f"{LIGHT_MARKS[kind]} {LIGHT_WORDS[kind]}") for kind in Light],
        label="灯", empty_label="灯：全部",
    )  # fmt: skip
    source = django_filters.ChoiceFilter(label="来源", empty_label="来源：全部")
    status = django_filters.ChoiceFilter(choices=Status.choices, label="状态", empty_label="状态：全部")
    leader = django_filters.ModelChoiceFilter(
        queryset=Person.objects.none(), label="分管领导", empty_label="分管领导：全部"
    )
    when = django_filters.ChoiceFilter(
        choices=SPANS, method="by_span", label="时限", empty_label="时限：不限"
    )
    due_from = DayFilter(field_name="due", lookup_expr="gte", label="时限自")
    due_to = DayFilter(field_name="due", lookup_expr="lte", label="时限至")
    speech = django_filters.NumberFilter(
        method="by_speech", label="讲话", min_value=1, widget=forms.HiddenInput
    )

    class Meta:
        model = ActionItem
        fields: list[str] = []

    def __init__(self, *args: Any, now: Reckoning, visible: ActionItemQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        # A closed department is not offered any more, but an address that names it still holds.
        named = self.data.get("lead", "")
        known = Q(pk=named) if named.isdecimal() and len(named) < 10 else Q()
        self.filters["lead"].queryset = Department.objects.filter(
            Q(is_active=True) | known if known else Q(is_active=True)
        )
        self.filters["leader"].queryset = Person.objects.filter(
            Q(memberships__role__in=["leader", "principal"]) | Q(departments_led__isnull=False)
        ).distinct()
        self.filters["source"].extra["choices"] = _sources(visible, self.data.get("source", ""))
        self.form.fields["q"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": "标题、编号、原文，如 〔2026〕21"}
        )
        self.form.fields["due_from"].widget.attrs["placeholder"] = "时限自"
        self.form.fields["due_to"].widget.attrs["placeholder"] = "时限至"
        for name, field in self.form.fields.items():
            kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs |= {"class": f"{kind} f-{name}", "aria-label": str(field.label)}

    @property
    def unknown(self) -> list[str]:
        """The choices in the address that do not exist (any more). A mistyped date is no such: it stays to be mended."""
        chosen = (forms.ChoiceField, forms.ModelChoiceField, forms.DecimalField)
        return [name for name in self.form.errors if isinstance(self.form.fields[name], chosen)]

    def by_text(self, items: ActionItemQuerySet, name: str, value: str) -> ActionItemQuerySet:
        """See `search`."""
        return search(items, value)

    def by_department(self, items: ActionItemQuerySet, name: str, value: Department) -> ActionItemQuerySet:
        """Led by the department, or supported by it where 含配合 is ticked."""
        led = Q(lead=value)
        if self.form.cleaned_data.get("co"):
            led |= Q(pk__in=ActionItem.objects.supported_by([value]).values("pk"))
        return items.filter(led)

    def by_span(self, items: ActionItemQuerySet, name: str, value: str) -> ActionItemQuerySet:
        """This week, month, quarter; past; no date."""
        return items.filter(_span(value, self.now))

    def by_speech(self, items: ActionItemQuerySet, name: str, value: int) -> ActionItemQuerySet:
        """Items that quote one speech (a link from the speech's page)."""
        return items.filter(pk__in=ActionItem.objects.filter(quotes__speech_ref=int(value)).values("pk"))

    def nothing(self, items: ActionItemQuerySet, name: str, value: Any) -> ActionItemQuerySet:
        """含配合 only widens the department filter."""
        return items
