"""Choosing among many departments: native fields that a script makes filterable (static/js/unit-picker.js)."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tracker.items.spelling import initials


class UnitSelect(forms.Select):
    """A select of departments (or people). Written out by hand: 200 options through templates cost 20 ms a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The native field; each option carries the initials that may be typed for it."""
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}{}>{}</option>',
            (
                (one, _letters(one, label), SafeString(" selected") if str(one) in chosen else "", label)
                for one, label in self.choices
            ),
        )
        built = self.build_attrs(self.attrs, {"name": name, "data-units": "", **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(built), options)


class UnitBoxes(forms.CheckboxSelectMultiple):
    """Several departments, one box each, in a list that a script makes filterable."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The boxes."""
        chosen = {str(one) for one in value or ()}
        boxes = format_html_join(
            "",
            '<label{}><input type="checkbox" name="{}" value="{}"{}> {}</label>',
            (
                (
                    _letters(one, label),
                    name,
                    one,
                    SafeString(" checked") if str(one) in chosen else "",
                    label,
                )
                for one, label in self.choices
            ),
        )
        return format_html(
            '<div class="unit-boxes" data-unit-boxes id="{}">{}</div>', (attrs or {}).get("id", ""), boxes
        )


def _letters(value: Any, label: Any) -> SafeString:
    return format_html(' data-words="{}"', initials(str(label))) if str(value) else SafeString("")
