"""How figures look."""

from django import template

from tracker.stats.figures import Row

register = template.Library()


@register.filter
def percent(value: float | None) -> str:
    """42.9%; a dash where there is nothing to divide by."""
    return "—" if value is None else f"{value:.1%}"


@register.filter
def days(value: float | None) -> str:
    """17.5."""
    return "—" if value is None else f"{value:.1f}"


@register.filter
def count(row: Row, key: str) -> int:
    """One figure of a row."""
    return row.counts[key]
