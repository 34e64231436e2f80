"""Forms of the settings pages."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q

from tracker.org.calendar import FIRST_YEAR, LAST_YEAR, validate_near
from tracker.org.models import (
    CalendarDay,
    Department,
    DepartmentAlias,
    DepartmentGroup,
    DepartmentQuerySet,
    Membership,
    Office,
    Person,
    SchoolTerm,
)

LONGEST_BREAK = 90
# More than a quarter ahead nothing is 临期, and every page would count the days.
MOST_SOON_DAYS = 60
# 联络员 is not among them: it is held for departments, chosen one by one.
_PLAIN_ROLES = [(role.value, role.label) for role in Membership.Role if role != Membership.Role.LIAISON]
_PLAIN_WIDGETS = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


class Dressed(forms.BaseForm):
    """Gives every field the theme's class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("unique", f"已有相同的{field.label}。")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = "邮箱地址不对，应如 name@example.cn。"
            if isinstance(field, forms.ModelChoiceField) and field.empty_label:
                field.empty_label = "未指定" if field.empty_label.startswith("---") else field.empty_label
            if not isinstance(field.widget, _PLAIN_WIDGETS):
                is_select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if is_select else "form-control"


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _in_use(held: Q) -> DepartmentQuerySet:
    """Departments to choose from: those in use, and closed ones where they are held already."""
    pks = Department.objects.filter(held).values("pk") if held else Department.objects.none().values("pk")
    return Department.objects.filter(Q(is_active=True) | Q(pk__in=pks))


def _told_apart(department: Department) -> str:
    return str(department) if department.is_active else f"{department}（已撤销）"


class OfficeForm(Dressed, forms.ModelForm[Office]):
    """The office's own names and thresholds."""

    class Meta:
        model = Office
        fields = [
            "name", "short_name", "number_prefix", "due_soon_days", "sign_days", "stagnant_days", "needs_approval",
            "leader_decides",
        ]  # fmt: skip
        help_texts = {
            "due_soon_days": "剩余工作日不多于此数显示为临期（黄灯）",
            "sign_days": "交办后超过此数仍未签收的，单独列出",
            "stagnant_days": "超过此数没有实际进展的，提示停滞",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("due_soon_days", "sign_days", "stagnant_days"):
            self.fields[name].validators.append(MaxValueValidator(MOST_SOON_DAYS))


class DepartmentForm(Dressed, forms.ModelForm[Department]):
    """A department with its other names and groups."""

    aliases = forms.CharField(
        label="别称",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一个。讲话里用到的其他叫法，用于识别单位",
    )
    groups = forms.ModelMultipleChoiceField(
        DepartmentGroup.objects.all(), label="所属单位组", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Department
        fields = ["name", "short_name", "kind", "leader", "is_active"]
        help_texts = {
            "short_name": "列表中使用，可不填",
            "is_active": "撤销的单位取消勾选：不再出现在选择和统计中，原有事项仍保留",
        }

    field_order = ["name", "short_name", "aliases", "kind", "leader", "groups", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leader = self.fields["leader"]
        assert isinstance(leader, forms.ModelChoiceField)
        may_lead = Q(
            memberships__role__in=[Membership.Role.LEADER, Membership.Role.PRINCIPAL], is_active=True
        )
        leader.queryset = Person.objects.filter(may_lead | Q(pk=self.instance.leader_id)).distinct()
        if self.instance.pk:
            self.initial["aliases"] = "\n".join(self.instance.aliases.values_list("text", flat=True))
            self.initial["groups"] = self.instance.groups.all()

    def clean_aliases(self) -> list[str]:
        """One spelling means one department."""
        names = _lines(self.cleaned_data["aliases"])
        taken = DepartmentAlias.objects.exclude(department=self.instance.pk).filter(text__in=names)
        # A department that was merged into this one keeps its name, and speeches still use it.
        named = Department.objects.active().exclude(pk=self.instance.pk).filter(name__in=names)
        clashes = [
            f"“{alias.text}”已是{alias.department.name}的别称" for alias in taken.select_related("department")
        ]
        clashes += [f"“{department.name}”是另一单位的名称" for department in named]
        if clashes:
            raise forms.ValidationError("；".join(clashes) + "。")
        return names

    def clean(self) -> dict[str, Any]:
        """The name of a department in use is not another one's alias."""
        data: dict[str, Any] = super().clean() or {}
        others = DepartmentAlias.objects.exclude(department=self.instance.pk)
        alias = others.filter(text=data.get("name", "")).select_related("department").first()
        if alias and data.get("is_active"):
            self.add_error("name", f"“{alias.text}”已是{alias.department.name}的别称。")
        return data


class GroupForm(Dressed, forms.ModelForm[DepartmentGroup]):
    """A collective name and whom it stands for."""

    class Meta:
        model = DepartmentGroup
        fields = ["name", "other_names", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple, "other_names": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"name": "如：各科室、各学校"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        assert isinstance(members, forms.ModelMultipleChoiceField)
        held = Q(groups=self.instance.pk) if self.instance.pk else Q()
        members.queryset = _in_use(held)
        members.label_from_instance = _told_apart  # type: ignore[method-assign, assignment]


class PersonForm(Dressed, forms.ModelForm[Person]):
    """A person with their roles."""

    roles = forms.MultipleChoiceField(
        label="角色", choices=_PLAIN_ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.active(),
        label="联络员，负责单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的单位由此人签收和反馈",
    )

    class Meta:
        model = Person
        fields = ["name", "username", "title", "phone", "email", "is_active"]
        labels = {"username": "用户名", "email": "邮箱", "is_active": "在用"}
        help_texts = {
            "username": "字母、数字或汉字，登录时使用",
            "email": "接收电子邮件提醒用，可不填",
            "is_active": "离岗人员取消勾选，不能再登录，历史记录保留",
        }

    field_order = ["name", "username", "title", "phone", "email", "roles", "departments", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = self.fields["departments"]
        assert isinstance(departments, forms.ModelMultipleChoiceField)
        departments.queryset = _in_use(Q(memberships__person=self.instance.pk) if self.instance.pk else Q())
        departments.label_from_instance = _told_apart  # type: ignore[method-assign, assignment]
        if self.instance.pk:
            held = list(self.instance.memberships.select_related("department"))
            self.initial["roles"] = [membership.role for membership in held]
            self.initial["departments"] = [
                membership.department
                for membership in held
                if membership.department and membership.role == Membership.Role.LIAISON
            ]

    def clean(self) -> dict[str, Any]:
        """Without a role somebody signs in to an empty product."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("roles") and not data.get("departments") and not self.instance.is_superuser:
            raise forms.ValidationError("请至少选择一个角色，或勾选联络的单位。")
        return data


class CalendarDayForm(Dressed, forms.Form):
    """One day, or a stretch of days, declared worked or free."""

    day = forms.DateField(
        label="日期",
        validators=[validate_near],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="至（可不填）",
        required=False,
        validators=[validate_near],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_workday = forms.TypedChoiceField(
        label="安排",
        choices=[("0", "休息"), ("1", "上班")],
        coerce=lambda value: value == "1",
        widget=forms.Select,
    )
    note = forms.CharField(label="说明", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """The stretch runs forward and is no longer than a school holiday."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("day"), data.get("until")
        if first and last and not first <= last <= first + timedelta(days=LONGEST_BREAK):
            self.add_error("until", f"须不早于起始日期，且不超过{LONGEST_BREAK}天。")
        return data

    def rows(self) -> list[CalendarDay]:
        """The days declared. Call it on a valid form."""
        data = self.cleaned_data
        first: date = data["day"]
        last: date = data["until"] or first
        return [
            CalendarDay(day=first + timedelta(days=n), is_workday=data["is_workday"], note=data["note"])
            for n in range((last - first).days + 1)
        ]


class NoticeForm(Dressed, forms.Form):
    """The official notice of a year's holidays, pasted."""

    year = forms.IntegerField(
        label="年份",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="文中写明年份的以文中为准",
        error_messages={"min_value": "年份不对。", "max_value": "年份不对。"},
    )
    text = forms.CharField(
        label="通知正文",
        max_length=6000,
        widget=forms.Textarea(
            attrs={
                "rows": 10,
                "placeholder": "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：……",
            }
        ),
        error_messages={"required": "请粘贴通知正文。"},
    )


class RosterForm(Dressed, forms.Form):
    """A workbook with departments and people."""

    file = forms.FileField(
        label="Excel 文件（.xlsx）",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择文件。", "empty": "文件是空的。", "invalid": "请选择文件。"},
    )


class TermForm(Dressed, forms.ModelForm[SchoolTerm]):
    """A school term; 开学前 and 暑期 are reckoned from these."""

    class Meta:
        model = SchoolTerm
        fields = ["name", "starts", "ends"]
        widgets = {
            "starts": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts", "ends"):
            self.fields[name].validators.append(validate_near)

    def clean(self) -> dict[str, Any]:
        """Terms run forward and do not overlap."""
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "结束日期须晚于开学日期。")
        elif starts and ends:
            others = SchoolTerm.objects.exclude(pk=self.instance.pk)
            clash = others.filter(starts__lte=ends, ends__gte=starts).first()
            if clash:
                raise forms.ValidationError(f"与“{clash.name}”日期重叠。")
        return data
