"""The forms of what is asked, answered, split and attached on an item."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.items.dayfield import DayField
from tracker.items.dressing import dress
from tracker.items.files import ACCEPT, FileRefused, check_files
from tracker.items.models import ActionItem
from tracker.org import clock
from tracker.org.models import Department


class FilesInput(forms.FileInput):
    """A file field that takes several; on a phone it offers the camera."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"multiple": True, "accept": ACCEPT, "class": "form-control"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All the files of that name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Files checked by name, size and content; a list, empty when none was chosen."""

    widget = FilesInput

    def __init__(self, *, required: bool = False) -> None:
        missing = {"required": "请选择要上传的文件。"}
        super().__init__(required=required, label="附件", error_messages=missing)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The checked files; `ValidationError` names the first that is not taken, and why."""
        files = [data] if data and not isinstance(data, list | tuple) else list(data or [])
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        try:
            check_files(files)
        except FileRefused as refusal:
            raise ValidationError(str(refusal), code="file") from None
        return files


class _Dressed(forms.Form):
    """Widgets with their look, errors tied to their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


def _area(rows: int = 2, placeholder: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "placeholder": placeholder})


class MoveForm(_Dressed):
    """What may come with a move: why, 阶段性办结, 仍然办结, files."""

    reason = forms.CharField(required=False, max_length=2000, label="说明")
    staged = forms.BooleanField(required=False)
    despite_parts = forms.BooleanField(required=False)
    papers = FilesField()

    def __init__(self, move: str, *args: Any, **kwargs: Any) -> None:
        self.move = move
        self.refusal = ""  # why the move was not made although the form is in order
        super().__init__(*args, **kwargs)


class ExtensionForm(_Dressed):
    """延期申请表."""

    wanted = DayField(label="申请延期至", error_messages={"required": "请填写申请延期至的日期。"})
    reason = forms.CharField(
        label="延期原因", max_length=1000, error_messages={"required": "请写明延期原因。"}, widget=_area()
    )
    done = forms.CharField(
        label="已完成情况", max_length=1000, error_messages={"required": "请写明已完成情况。"}, widget=_area()
    )
    next_step = forms.CharField(label="下步计划", max_length=1000, required=False, widget=_area())
    head = forms.CharField(
        label="单位负责人意见", max_length=200, required=False,
        widget=forms.TextInput(attrs={"placeholder": "如 情况属实，同意申请（姓名）"}),
    )  # fmt: skip


class DecisionForm(_Dressed):
    """批复: the date that is granted, which may differ from the one asked for, and the words."""

    verdict = forms.ChoiceField(choices=[("grant", "同意延期"), ("refuse", "不同意")])
    until = DayField(label="批准延期至", required=False)
    answer = forms.CharField(label="批复意见", max_length=300, required=False, widget=_area())


class PartForm(_Dressed):
    """One step of an item for one department."""

    department = forms.ModelChoiceField(
        Department.objects.active(), label="分办单位", empty_label="选择单位",
        error_messages={"required": "请选择分办单位。"},
    )  # fmt: skip
    title = forms.CharField(
        label="分办事项", max_length=200, required=False,
        widget=forms.TextInput(attrs={"placeholder": "不填即办理本事项中该单位的部分"}),
    )  # fmt: skip
    due = DayField(label="分办时限", required=False)

    def __init__(self, item: ActionItem, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.due:
            self.fields["due"].widget.attrs["placeholder"] = f"不晚于 {clock.day_words(item.due)}"


class PartDateForm(_Dressed):
    """Another date for a part, and why."""

    due = DayField(label="新的时限", error_messages={"required": "请填写新的时限。"})
    text = forms.CharField(
        label="原因", max_length=300, error_messages={"required": "调整分办时限需要写明原因。"}
    )


class InstructionForm(_Dressed):
    """批示."""

    text = forms.CharField(
        label="批示", max_length=1000, error_messages={"required": "请写明批示内容。"}, widget=_area(3)
    )


class AttachForm(_Dressed):
    """Files alone."""

    papers = FilesField(required=True)
