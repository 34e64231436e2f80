"""The forms of the item pages. They read what was typed; what happens with it is decided elsewhere."""

from typing import Any

from django import forms
from django.db.models import Q

from tracker.items.dayfield import DayField
from tracker.items.dressing import dress
from tracker.items.models import ActionItem
from tracker.items.request_forms import FilesField
from tracker.org.models import Department, Membership, Office, Person


class ItemFields(forms.ModelForm[ActionItem]):
    """What an officer may write on an item, new or old."""

    due = DayField(required=False, label="完成时限")

    class Meta:
        model = ActionItem
        fields = (
            "title", "requirement", "lead", "supporting", "groups", "leader", "owner", "due", "feedback_cycle",
            "level",
        )  # fmt: skip
        widgets = {
            "title": forms.TextInput(attrs={"maxlength": 200}),
            "requirement": forms.Textarea(attrs={"rows": 3}),
            "supporting": forms.CheckboxSelectMultiple,
            "groups": forms.CheckboxSelectMultiple,
        }
        error_messages = {"title": {"required": "请写明督办事项。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Q(is_active=True)
        if self.instance.pk:  # a closed department stays selectable on the items it has
            known |= Q(pk=self.instance.lead_id) | Q(supported_items=self.instance)
        departments = Department.objects.filter(known).distinct()
        for name in ("lead", "supporting"):
            self.fields[name].queryset = departments  # type: ignore[attr-defined]
        roles = (Membership.Role.LEADER, Membership.Role.PRINCIPAL)
        charge = (
            Q(memberships__role__in=roles) | Q(departments_led__isnull=False) | Q(pk=self.instance.leader_id)
        )
        handlers = Q(memberships__role=Membership.Role.LIAISON) | Q(pk=self.instance.owner_id)
        people = Person.objects.filter(is_active=True)
        self.fields["leader"].queryset = people.filter(charge).distinct()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people.filter(handlers).distinct()  # type: ignore[attr-defined]
        for name in ("lead", "leader", "owner"):
            self.fields[name].empty_label = "（未明确）"  # type: ignore[attr-defined]
        dress(self)

    def clean(self) -> dict[str, Any]:
        """A department cannot support what it leads."""
        data = super().clean() or self.cleaned_data
        if data.get("lead") and data["lead"] in data.get("supporting", ()):
            self.add_error("supporting", f"{data['lead']}已是牵头单位，不能同时配合。")
        return data


class EditForm(ItemFields):
    """Fields of an existing item; remembers what was shown, so that only what was really changed is written."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ItemFields.Meta.fields:
            self.fields[name].show_hidden_initial = True
        self.fields["version"].initial = self.instance.version

    def changes(self) -> dict[str, Any]:
        """{field: new value} of what differs from what was shown."""
        changed = [name for name in self.changed_data if name in ItemFields.Meta.fields]
        data = {name: self.cleaned_data[name] for name in changed}
        return {
            name: list(value) if name in ("supporting", "groups") else value for name, value in data.items()
        }


class CreateForm(ItemFields):
    """手工登记事项: the item with the words it stands on."""

    source = forms.CharField(
        required=False,
        max_length=120,
        label="来源",
        widget=forms.TextInput(attrs={"placeholder": "会议、讲话或批示的名称"}),
    )
    source_date = DayField(required=False, label="来源日期")
    quote = forms.CharField(
        required=False, label="原文依据", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "讲话、纪要或批示的原话（可不填）"}),
    )  # fmt: skip
    issue_now = forms.BooleanField(required=False, label="登记后立即交办")

    def clean(self) -> dict[str, Any]:
        """Only what somebody can sign for can be issued."""
        data = super().clean()
        handed = data.get("lead") or data.get("groups")
        if data.get("issue_now") and not handed and "lead" not in self.errors:
            step = "报请审定" if Office.current().needs_approval else "交办"
            self.add_error("lead", f"立即{step}需要先明确牵头单位。")
        return data


class ReportForm(forms.Form):
    """本期进展."""

    progress = forms.CharField(
        label="本期进展", max_length=2000, error_messages={"required": "请写明本期进展，或按“无新进展”。"},
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "做了什么，完成到哪一步"}),
    )  # fmt: skip
    percent = forms.IntegerField(
        label="完成率", required=False, min_value=0, max_value=100,
        error_messages={"invalid": "完成率请填 0 到 100 的整数。", "min_value": "完成率不能小于 0。", "max_value": "完成率不能大于 100。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "0—100"}),
    )  # fmt: skip
    problem = forms.CharField(
        label="存在问题、需协调事项",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_step = forms.CharField(
        label="下一步", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    needs_meeting = forms.BooleanField(label="需会议协调", required=False)
    papers = FilesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
