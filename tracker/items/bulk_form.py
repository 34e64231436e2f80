"""What an officer may do with many items at once. Read here; done in `bulk`."""

from typing import Any

from django import forms
from django.db.models import Q

from tracker.items.dayfield import DayField
from tracker.items.dressing import dress
from tracker.items.models import ActionItem
from tracker.items.widgets import UnitBoxes, UnitSelect
from tracker.org.models import Department, DepartmentGroup, Membership, Person

EDITS = {"due": "调整时限", "lead": "改派牵头单位", "edit": "批量修改"}
MOVES_OF_MANY = {
    "issue": "交办",
    "approve": "审定交办",
    "close": "办结销号",
    "hold": "挂起",
    "resume": "恢复办理",
    "withdraw": "中止",
    "discard": "移入回收站",
}
BULK_ACTIONS = {**EDITS, **MOVES_OF_MANY, "export": "导出所选"}
# What 批量修改 can set; the words of the model's own fields.
SETTABLE = (
    "due",
    "lead",
    "leader",
    "owner",
    "officer",
    "feedback_cycle",
    "level",
    "source",
    "source_date",
    "groups",
)
CLEARABLE = ("leader", "owner", "officer", "level", "source", "source_date", "groups")
_NEEDS = {"lead": "请选择牵头单位。", "due": "请填写新的时限。"}


def _person(label: str) -> "forms.ModelChoiceField[Person]":
    return forms.ModelChoiceField(
        Person.objects.none(), required=False, label=label, empty_label="（不改）", widget=UnitSelect
    )


class BulkForm(forms.Form):
    """What to do with the selected items. A field left blank is not changed; `clear` names those to be emptied."""

    action = forms.ChoiceField(
        choices=list(BULK_ACTIONS.items()),
        widget=forms.HiddenInput,
        error_messages={"required": "请选择要做的操作。"},
    )
    due = DayField(required=False, label="现时限")
    lead = forms.ModelChoiceField(
        Department.objects.active(),
        required=False,
        label="牵头单位",
        empty_label="选择牵头单位",
        widget=UnitSelect,
    )
    add = forms.ModelMultipleChoiceField(
        Department.objects.active(), required=False, label="增加配合单位", widget=UnitBoxes
    )
    remove = forms.ModelMultipleChoiceField(
        Department.objects.all(), required=False, label="去掉配合单位", widget=UnitBoxes
    )
    leader = _person("责任领导")
    owner = _person("责任人")
    officer = _person("督办人")
    feedback_cycle = forms.ChoiceField(
        choices=[("", "（不改）"), *ActionItem.Cycle.choices], required=False, label="反馈周期"
    )
    level = forms.CharField(required=False, max_length=20, label="任务级别")
    source = forms.CharField(required=False, max_length=120, label="来源")
    source_date = DayField(required=False, label="来源日期")
    groups = forms.ModelMultipleChoiceField(
        DepartmentGroup.objects.all(), required=False, label="分办范围", widget=UnitBoxes
    )
    clear = forms.MultipleChoiceField(
        choices=[(name, str(ActionItem._meta.get_field(name).verbose_name)) for name in CLEARABLE],  # type: ignore[union-attr]
        required=False,
        label="清空",
        widget=forms.CheckboxSelectMultiple,
    )
    staged = forms.BooleanField(required=False, label="按阶段性办结")
    despite_parts = forms.BooleanField(required=False, label="分办未完成的仍然办结")
    text = forms.CharField(
        required=False,
        max_length=300,
        label="说明",
        widget=forms.TextInput(attrs={"placeholder": "说明（可不填）"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(is_active=True).distinct()
        role = Membership.Role
        charge = Q(memberships__role__in=(role.LEADER, role.PRINCIPAL)) | Q(departments_led__isnull=False)
        self._offer("leader", people.filter(charge))
        self._offer("owner", people.filter(memberships__role=role.LIAISON))
        self._offer("officer", people.filter(memberships__role__in=(role.OFFICER, role.ADMIN)))
        dress(self)

    def _offer(self, name: str, people: Any) -> None:
        self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The chosen action must have its value, and no field may be set and emptied at once."""
        data = super().clean() or self.cleaned_data
        action = data.get("action", "")
        if action in _NEEDS and not data.get(action) and action not in self.errors:
            self.add_error(action, _NEEDS[action])
        for name in data.get("clear", ()):
            if data.get(name):
                self.add_error(name, f"“{self.fields[name].label}”已填写，不能同时清空。")
        lead, add = data.get("lead"), data.get("add") or ()
        if action == "edit" and lead and lead in add:
            self.add_error("add", f"{lead}已选为牵头单位，不能同时配合。")
        return data

    @property
    def sets_something(self) -> bool:
        """Whether 批量修改 was filled in at all."""
        data = self.cleaned_data
        return any(data.get(name) for name in (*SETTABLE, "add", "remove", "clear"))
