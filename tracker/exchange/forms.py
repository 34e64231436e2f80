"""The forms of import and export."""

from typing import Any

from django import forms

from tracker.exchange.fields import FIELDS
from tracker.exchange.sheet import MAX_BYTES

_SKIP = "（不导入）"


class UploadForm(forms.Form):
    """An existing 台账 in Excel."""

    file = forms.FileField(
        label="台账文件（.xlsx）",
        error_messages={"required": "请选择要导入的 Excel 文件。", "empty": "所选的文件是空的。"},
    )

    def clean_file(self) -> Any:
        """Size only; what it is, is found out by reading."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请删去无关的工作表和图片。"
            )
        return file


class MappingForm(forms.Form):
    """Which column is what: one choice a column of the sheet."""

    def __init__(self, headings: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = [("", _SKIP), *((field.key, field.label) for field in FIELDS.values())]
        for heading in headings:
            self.fields[f"c{heading['place']}"] = forms.ChoiceField(
                choices=choices, required=False, initial=heading["guess"], label=heading["words"],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[dict[str, Any], Any]]:
        """(heading, bound field) of each column."""
        return [(heading, self[f"c{heading['place']}"]) for heading in self.headings]

    def clean(self) -> dict[str, Any]:
        """No field twice; rows must be found or named by something."""
        data = super().clean() or self.cleaned_data
        chosen = [value for value in data.values() if value]
        twice = {FIELDS[key].label for key in chosen if chosen.count(key) > 1}
        if twice:
            raise forms.ValidationError(f"“{'、'.join(sorted(twice))}”对应了不止一列，请只保留一列。")
        if "number" not in chosen and "title" not in chosen:
            raise forms.ValidationError("至少要有一列对应“编号”或“督办事项”。")
        return data

    @property
    def mapping(self) -> dict[str, str]:
        """{place of a column: field} as JSON keeps it."""
        return {name.removeprefix("c"): key for name, key in self.cleaned_data.items() if key}
