"""Dates as people type them: 2026-04-20, 2026年4月20日, 4月20日, 4.20."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.org.calendar import today

_FULL = re.compile(r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_DIGITS = re.compile(r"(20\d\d)(\d\d)(\d\d)")


def parse_day(text: str) -> date:
    """The day that `text` writes; without a year, this year's. Raises `ValueError` when it is no date."""
    plain = re.sub(r"\s", "", text)
    if match := _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(plain):
        return date(today().year, int(match[1]), int(match[2]))
    raise ValueError(text)


class DayInput(forms.TextInput):
    """A plain text field: a typed date that is wrong stays to be mended, a native picker would drop it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"placeholder": "如 4月20日", "autocomplete": "off", "data-day": "", **(attrs or {})}
        )


class DayField(forms.DateField):
    """A date in any of the usual spellings."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """None for nothing; raises a Chinese `ValidationError` that repeats what was typed."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value))
        except ValueError:
            raise ValidationError(
                "“%(text)s”不是有效日期，请写成 2026-04-20 或 4月20日。",
                params={"text": value},
                code="invalid",
            ) from None
