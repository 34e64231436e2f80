"""What people fill in about a speech."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from speeches.intake import Details
from speeches.models import Speech
from tracker.items.dayfield import DayField

# As much text as reading accepts; pasted far beyond it somebody has hit the wrong key.
LONGEST_PASTE = 500_000


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Title, speaker, meeting, date and kind: proposed from the text, always open to change."""

    held_on = DayField(label="会议日期", required=False, help_text="时限从这一天起推算")

    class Meta:
        model = Speech
        fields = ("title", "speaker", "meeting", "held_on", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "由系统判断"), *Speech.Kind.choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


class UploadForm(DetailsForm):
    """A file or a pasted text, and what is known of it already."""

    file = forms.FileField(
        label="文件",
        required=False,
        error_messages={
            "empty": "文件是空的（0 字节）。请检查是否保存完整，重新选择后再上传。",
            "invalid": "没有收到文件。请重新选择后再上传。",
        },
    )
    text = forms.CharField(
        label="粘贴的文字",
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea,
        error_messages={"max_length": "文字超过 50 万字。请只保留讲话稿正文，或分成几份。"},
    )
    field_order = ("file", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = ""

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too large by its size alone: it has gone to a temporary file and is not read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        size = file.size if file is not None and file.size else 0
        if size > settings.UPLOAD_LIMIT_BYTES:
            sizes = {"size": filesizeformat(size), "limit": filesizeformat(settings.UPLOAD_LIMIT_BYTES)}
            raise forms.ValidationError(
                "文件有 %(size)s，超过上限 %(limit)s。讲话稿一般不到 1 MB，请去掉图片或只保留正文后再上传。",
                params=sizes,
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two ways in."""
        data = super().clean() or {}
        if "file" in self.errors or "text" in self.errors:
            return data
        has_text = bool((data.get("text") or "").strip())
        if not data.get("file") and not has_text:
            raise forms.ValidationError("请选择一个文件，或粘贴讲话的文字。")
        if data.get("file") and has_text:
            raise forms.ValidationError("文件和粘贴的文字只能选一种：请清空文字，或不选文件。")
        return data

    @property
    def details(self) -> Details:
        """What the person said of the text."""
        return Details(**{name: self.cleaned_data[name] for name in DetailsForm.Meta.fields})
