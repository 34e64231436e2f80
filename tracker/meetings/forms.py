"""Forms of the 例会 pages."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from tracker.meetings.agenda import DEFAULT_INTERVAL
from tracker.meetings.models import Meeting, RulingKind
from tracker.org.calendar import office_calendar, today, validate_near
from tracker.org.models import Department


class MeetingForm(forms.ModelForm[Meeting]):
    """Plan a meeting, or move one that is planned."""

    class Meta:
        model = Meeting
        fields = ["number", "title", "held_at", "place"]
        widgets = {
            "number": forms.NumberInput(attrs={"class": "form-control", "min": 1}),
            "title": forms.TextInput(attrs={"class": "form-control"}),
            "held_at": forms.DateTimeInput(
                attrs={"class": "form-control", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "place": forms.TextInput(attrs={"class": "form-control"}),
        }
        error_messages = {"number": {"unique": "已有这一次例会，请改用其他次数。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_at"].validators.append(validate_near)

    def clean_held_at(self) -> datetime:
        """Meetings follow one another: the agenda counts from the one before."""
        held: datetime = self.cleaned_data["held_at"]
        if Meeting.objects.closed().filter(held_at__gte=held).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("时间须晚于最近一次已定稿的例会。")
        return held


def next_meeting() -> dict[str, Any]:
    """What the next meeting will probably be, from the last one: number, name, place, the same weekday and hour."""
    last = Meeting.objects.defer("snapshot").order_by("-held_at").first()
    if last is None:
        day = office_calendar().next_workday(today() + timedelta(days=7))
        held = timezone.make_aware(datetime.combine(day, time(9, 0)))
        return {"number": 1, "title": "第1次督办例会", "held_at": held}
    before = Meeting.objects.filter(held_at__lt=last.held_at).order_by("-held_at").first()
    held = timezone.localtime(last.held_at + (last.held_at - before.held_at if before else DEFAULT_INTERVAL))
    day = office_calendar().next_workday(held.date())
    number = max(Meeting.objects.values_list("number", flat=True)) + 1
    return {
        "number": number,
        "title": re.sub(r"第\d+次", f"第{number}次", last.title),
        "held_at": timezone.make_aware(datetime.combine(day, held.time())),
        "place": last.place,
    }


class ProposalForm(forms.Form):
    """拟请明确 of one item."""

    kind = forms.ChoiceField(
        choices=[("", "拟作处理"), *RulingKind.choices], required=False, label="拟作处理"
    )
    proposal = forms.CharField(max_length=200, required=False, label="拟请明确")


class RulingForm(forms.Form):
    """会议意见 on one item."""

    kind = forms.ChoiceField(
        choices=RulingKind.choices, label="处理", error_messages={"required": "请选择处理方式。"}
    )
    text = forms.CharField(max_length=1000, required=False, label="会议意见")
    due = forms.DateField(required=False, label="重定时限至", validators=[validate_near])
    lead = forms.ModelChoiceField(
        Department.objects.active(), required=False, label="改派至", empty_label="选择单位"
    )

    def clean(self) -> dict[str, Any]:
        """A new date lies ahead; its reason is not asked for, the meeting knows it."""
        data: dict[str, Any] = super().clean() or {}
        due = data.get("due")
        if data.get("kind") == RulingKind.RESET and due and due < today():
            self.add_error("due", "新的时限不能早于今天。")
        return data
