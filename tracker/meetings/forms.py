"""Forms of the 例会 pages."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.utils import timezone

from tracker.items.models import ActionItem
from tracker.items.search import parse_number
from tracker.meetings.agenda import DEFAULT_INTERVAL
from tracker.meetings.models import Meeting, MeetingSeries, RulingKind
from tracker.meetings.series import next_day
from tracker.org.calendar import office_calendar, today, validate_near
from tracker.org.models import Department

# 新增事项 is no handling of an existing item.
_SAID = [choice for choice in RulingKind.choices if choice[0] != RulingKind.NEW]


class MeetingForm(forms.ModelForm[Meeting]):
    """Plan a meeting, or move one that is planned."""

    class Meta:
        model = Meeting
        fields = ["series", "number", "title", "held_at", "place"]
        widgets = {
            "series": forms.Select(attrs={"class": "form-select"}),
            "number": forms.NumberInput(attrs={"class": "form-control", "min": 1}),
            "title": forms.TextInput(attrs={"class": "form-control"}),
            "held_at": forms.DateTimeInput(
                attrs={"class": "form-control", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "place": forms.TextInput(attrs={"class": "form-control"}),
        }
        error_messages = {NON_FIELD_ERRORS: {"unique_together": "已有这一次例会，请改用其他次数。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_at"].validators.append(validate_near)
        known = Q(is_active=True) | Q(pk=self.instance.series_id)
        self.fields["series"].queryset = MeetingSeries.objects.filter(known)  # type: ignore[attr-defined]
        self.fields["series"].empty_label = "不属系列"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Meetings of a series follow one another: the agenda counts from the one before."""
        data = super().clean() or self.cleaned_data
        same = Meeting.objects.filter(series=data.get("series")).exclude(pk=self.instance.pk)
        held, number = data.get("held_at"), data.get("number")
        if held and same.closed().filter(held_at__gte=held).exists():
            self.add_error("held_at", "时间须晚于最近一次已定稿的例会。")
        if number and same.filter(number=number).exists():
            self.add_error("number", "已有这一次例会，请改用其他次数。")
        return data


class SeriesForm(forms.ModelForm[MeetingSeries]):
    """例会系列."""

    class Meta:
        model = MeetingSeries
        fields = ("name", "rhythm", "weekday", "week", "starts_at", "place", "is_active")
        widgets = {
            "name": forms.TextInput(attrs={"class": "form-control"}),
            "rhythm": forms.Select(attrs={"class": "form-select"}),
            "weekday": forms.Select(attrs={"class": "form-select"}),
            "week": forms.Select(attrs={"class": "form-select"}),
            "starts_at": forms.TimeInput(attrs={"class": "form-control", "type": "time"}, format="%H:%M"),
            "place": forms.TextInput(attrs={"class": "form-control"}),
        }
        error_messages = {"name": {"unique": "已有同名的系列。"}}


class AddForm(forms.Form):
    """加入议程: the number of an item as people type it."""

    number = forms.CharField(max_length=40, error_messages={"required": "请填写事项编号，如 〔2026〕12号。"})

    def clean_number(self) -> ActionItem:
        """The one open item of that number; without a year, this year's."""
        typed: str = self.cleaned_data["number"]
        found = parse_number(typed if not typed.isdecimal() else f"{typed}号")
        if found is None or found.seq is None:
            raise forms.ValidationError(f"“{typed}”不是事项编号，请照“〔2026〕12号”填写。")
        item = ActionItem.objects.filter(number_year=found.year or today().year, number_seq=found.seq).first()
        if item is None:
            raise forms.ValidationError(f"没有编号为“{typed}”的事项。")
        return item


class NoteForm(forms.Form):
    """更正与补充."""

    text = forms.CharField(max_length=1000)


class NewItemForm(forms.Form):
    """新增事项 at the meeting."""

    title = forms.CharField(
        max_length=200, label="新增事项", error_messages={"required": "请写明新增的事项。"}
    )
    lead = forms.ModelChoiceField(
        Department.objects.active(), required=False, label="牵头单位", empty_label="单位待明确"
    )
    due = forms.DateField(required=False, label="完成时限", validators=[validate_near])
    text = forms.CharField(max_length=1000, required=False, label="要求")


def next_meeting(series: MeetingSeries | None = None) -> dict[str, Any]:
    """What the next meeting will probably be: by its series' rhythm, or after the same interval as last time."""
    same = Meeting.objects.filter(series=series).defer("snapshot")
    if series:
        return _next_of(series, same.order_by("-held_at").first())
    last = Meeting.objects.defer("snapshot").order_by("-held_at").first()
    if last and last.series:
        return next_meeting(last.series)
    if last is None:
        day = office_calendar().next_workday(today() + timedelta(days=7))
        held = timezone.make_aware(datetime.combine(day, time(9, 0)))
        return {"number": 1, "title": "第1次督办例会", "held_at": held}
    before = Meeting.objects.filter(held_at__lt=last.held_at).order_by("-held_at").first()
    held = timezone.localtime(last.held_at + (last.held_at - before.held_at if before else DEFAULT_INTERVAL))
    day = office_calendar().next_workday(held.date())
    number = max(same.values_list("number", flat=True)) + 1
    return {
        "number": number,
        "title": re.sub(r"第\d+次", f"第{number}次", last.title),
        "held_at": timezone.make_aware(datetime.combine(day, held.time())),
        "place": last.place,
    }


def _next_of(series: MeetingSeries, last: Meeting | None) -> dict[str, Any]:
    after = timezone.localdate(last.held_at) if last else today()
    day = next_day(series, after=after, calendar=office_calendar())
    number = last.number + 1 if last else 1
    return {
        "series": series.pk,
        "number": number,
        "title": f"第{number}次{series.name}",
        "held_at": timezone.make_aware(datetime.combine(day, series.starts_at)),
        "place": series.place or (last.place if last else ""),
    }


class ProposalForm(forms.Form):
    """拟请明确 of one item."""

    kind = forms.ChoiceField(choices=[("", "拟作处理"), *_SAID], required=False, label="拟作处理")
    proposal = forms.CharField(max_length=200, required=False, label="拟请明确")


class RulingForm(forms.Form):
    """会议意见 on one item."""

    kind = forms.ChoiceField(choices=_SAID, label="处理", error_messages={"required": "请选择处理方式。"})
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
