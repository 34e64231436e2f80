"""How form fields look."""

from django import forms


def dress(form: forms.BaseForm) -> None:
    """Give the widgets their look and tie errors to their fields."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.HiddenInput):
            continue
        widget.attrs.setdefault(
            "class", "form-select" if isinstance(widget, forms.Select) else "form-control"
        )
        if name in form.errors:
            widget.attrs["aria-invalid"] = "true"
