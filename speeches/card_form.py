"""What a reviewer may change on a card before accepting it."""

from typing import Any

from django import forms

from speeches.proposal import Choice, in_order
from tracker.items.models import ActionItem
from tracker.org.calendar import validate_near
from tracker.org.models import Department


class CardForm(forms.Form):
    """Title, units, date and cycle of the item to be."""

    title = forms.CharField(label="事项名称", max_length=200, error_messages={"required": "请填写事项名称。"})
    lead = forms.ModelChoiceField(
        label="牵头单位", queryset=Department.objects.active(), required=False,
        error_messages={"invalid_choice": "所选牵头单位不存在或已停用，请重选。"},
    )  # fmt: skip
    supporting = forms.ModelMultipleChoiceField(
        label="配合单位", queryset=Department.objects.active(), required=False
    )
    due = forms.DateField(
        label="完成时限",
        required=False,
        validators=[validate_near],
        error_messages={"invalid": "时限请按 2026-06-30 的格式填写。"},
    )
    cycle = forms.ChoiceField(label="反馈周期", choices=ActionItem.Cycle.choices, required=False)

    def clean_title(self) -> str:
        """One line: a row of a table has no line breaks."""
        return " ".join(self.cleaned_data["title"].split())

    @property
    def choice(self) -> Choice:
        """The typed facts; those that did not validate are left blank."""
        data: dict[str, Any] = self.cleaned_data
        lead = data.get("lead")
        supporting = tuple(one for one in data.get("supporting") or () if one != lead)
        return Choice(
            title=data.get("title") or self.data.get("title", ""),
            lead=lead,
            supporting=in_order(supporting),
            due=data.get("due"),
            cycle=data.get("cycle") or ActionItem.Cycle.MONTHLY,
        )

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is wrong, one sentence each."""
        return tuple(str(error) for errors in self.errors.values() for error in errors)
