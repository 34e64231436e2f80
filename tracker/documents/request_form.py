"""The page that asks for a document: what it is about, and what one may set."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from tracker.documents.kinds import Form, Kind, Source
from tracker.items.models import ActionItem, Quote
from tracker.items.querysets import ActionItemQuerySet
from tracker.meetings.models import Meeting
from tracker.org.calendar import validate_near
from tracker.org.models import Person

_NUMBER = re.compile(r"(?:[〔\[［(（]?\s*(\d{4})\s*[〕\]］)）]\s*)?第?(\d{1,6})\s*号?")
# Longer selections come from the ledger as ids.
MOST_ITEMS = 20_000

_OPTIONS: dict[str, forms.Field] = {
    "layout": forms.ChoiceField(
        label="文件", required=False, choices=[("one", "全部放在一个文件，一单一页"), ("zip", "每个单位一个文件，打成压缩包")],
        widget=forms.RadioSelect,
    ),
    "reply_by": forms.DateField(label="报送办理结果期限", required=False, help_text="不填则为各事项的办结时限"),
    "order_by": forms.DateField(label="责令期限", required=False, help_text="不填则为收到后5个工作日内"),
    "attachment": forms.CharField(label="附件", required=False, max_length=100),
    "colour": forms.ChoiceField(label="颜色", choices=[("蓝", "蓝色"), ("黄", "黄色"), ("橙", "橙色"), ("红", "红色")]),
    "times": forms.IntegerField(label="第几次催办", required=False, min_value=1, max_value=99, help_text="不填则按办理过程中的催办次数"),
    "previous": forms.CharField(label="上一张单号", required=False, max_length=40, help_text="不填则为本系统上一张督查单"),
    "number": forms.CharField(label="文号", required=False, max_length=40, help_text="已经编号的填原编号，如 〔2026〕3号；不填则新编"),
    "until": forms.DateField(label="申请延期至", required=False),
    "reason": forms.CharField(label="延期原因", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})),
    "addressee": forms.CharField(label="主送", required=False, max_length=200, initial="各科室、各学校、各直属单位"),
    "copy_to": forms.CharField(label="抄送", required=False, max_length=200),
    "host": forms.CharField(label="主持人", required=False, max_length=60),
    "attendees": forms.CharField(label="参加人员", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})),
    "recorder": forms.CharField(label="记录人", required=False, max_length=60),
}  # fmt: skip


class RequestForm(forms.Form):
    """One form for every kind; which fields it has depends on the kind. `cleaned_parameters` is what the job needs."""

    def __init__(self, *args: Any, form: Form, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.user = form, user
        for name, field in self._source_fields().items():
            self.fields[name] = field
        for name in form.options:
            field = _OPTIONS[name]
            self.fields[name] = type(field)(**_again(field))
        for field in self.fields.values():
            _dress(field)
        if "layout" in self.fields:
            self.fields["layout"].initial = "one"

    def _source_fields(self) -> dict[str, forms.Field]:
        sources = self.form.sources
        fields: dict[str, forms.Field] = {
            "source": forms.ChoiceField(
                label="范围",
                choices=[(source.value, source.label) for source in sources],
                initial=sources[0].value,
                widget=forms.RadioSelect if len(sources) > 1 else forms.HiddenInput,
            )
        }
        if Source.SPEECH in sources:
            fields["speech"] = forms.TypedChoiceField(
                label="讲话", required=False, coerce=int, empty_value=None, choices=[("", "—"), *speeches()]
            )
        if Source.ITEMS in sources:
            fields["items"] = forms.CharField(required=False, widget=forms.HiddenInput)
            fields["numbers"] = forms.CharField(
                label="事项编号", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
                help_text="如 〔2026〕12号、15号；也可在台账勾选事项后点“生成公文”",
            )  # fmt: skip
        if Source.PERIOD in sources:
            fields["since"] = forms.DateField(label="交办日期自", required=False, validators=[validate_near])
            fields["to"] = forms.DateField(label="至", required=False, validators=[validate_near])
        if Source.MEETING in sources:
            fields["meeting"] = forms.ModelChoiceField(
                label="例会",
                queryset=self._meetings(),
                empty_label=None if sources == (Source.MEETING,) else "—",
            )
        return fields

    def _meetings(self) -> Any:
        meetings = Meeting.objects.visible_to(self.user).defer("snapshot")
        return meetings.closed() if self.form.kind == Kind.MINUTES else meetings

    @property
    def source_names(self) -> tuple[str, ...]:
        """The fields that say what the document is about."""
        return tuple(
            name for name in ("source", "speech", "numbers", "since", "to", "meeting") if name in self.fields
        )

    @property
    def option_fields(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in self.form.options]

    @property
    def may_see(self) -> ActionItemQuerySet:
        """The items this person may make a document about."""
        items = ActionItem.objects.visible_to(self.user)
        return items if self.user.is_officer else items.led_by(self.user.liaison_departments)

    @property
    def picked(self) -> list[ActionItem]:
        """The items handed over by the page before."""
        ids = _ids(str(self["items"].value() or "")) if "items" in self.fields else []
        return list(self.may_see.filter(pk__in=ids).order_by("number_year", "number_seq")) if ids else []

    def clean(self) -> dict[str, Any]:
        """Find the items and see that what the chosen source needs is there."""
        data = super().clean() or {}
        source = data.get("source")
        parameters: dict[str, Any] = {"source": source}
        if source == Source.ITEMS:
            parameters["items"] = self._found_items(data)
        elif source == Source.SPEECH:
            parameters["speech"] = self._needed(data, "speech", "请选择讲话。")
        elif source == Source.PERIOD:
            first, last = (self._needed(data, name, "请填写起止日期。") for name in ("since", "to"))
            if first and last and first > last:
                self.add_error("to", "止日期早于起日期。")
            parameters |= {"since": _iso(first), "until": _iso(last)}
        elif source == Source.MEETING:
            meeting = data.get("meeting")
            parameters["meeting"] = meeting.pk if meeting else None
        parameters["options"] = {name: _iso(data.get(name)) for name in self.form.options if data.get(name)}
        self.cleaned_parameters = parameters
        return data

    def _needed(self, data: dict[str, Any], name: str, otherwise: str) -> Any:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, otherwise)
        return data.get(name)

    def _found_items(self, data: dict[str, Any]) -> list[int]:
        wanted = _ids(data.get("items") or "")
        found = list(self.may_see.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else []
        for year, seq in self._typed_numbers(data.get("numbers") or ""):
            match = self.may_see.filter(number_seq=seq)
            pk = (
                (match.filter(number_year=year) if year else match.order_by("-number_year"))
                .values_list("pk", flat=True)
                .first()
            )
            if pk is None:
                self.add_error("numbers", f"没有找到{f'〔{year}〕' if year else ''}{seq}号事项。")
            else:
                found.append(pk)
        if len(found) > 1 and data.get("number"):
            self.add_error("number", "一个文号只能用于一件事项，请留空由系统编号。")
        if not found and "numbers" not in self.errors:
            self.add_error("numbers", "请填写事项编号，或先在台账勾选事项。")
        return list(dict.fromkeys(found))

    def _typed_numbers(self, text: str) -> list[tuple[int | None, int]]:
        pieces = [piece for piece in re.split(r"[、，,；;\s]+", text.strip()) if piece]
        result = []
        for piece in pieces[:500]:
            match = _NUMBER.fullmatch(piece)
            if match is None:
                self.add_error(
                    "numbers", ValidationError("看不懂编号“%(piece)s”。", params={"piece": piece[:30]})
                )
            else:
                result.append((int(match[1]) if match[1] else None, int(match[2])))
        return result


def speeches() -> list[tuple[int, str]]:
    """(id, title) of the speeches that items came from, the latest first; from the items' own copies."""
    rows = (
        Quote.objects.filter(speech_ref__isnull=False)
        .values("speech_ref")
        .annotate(title=Max("speech_title"), said=Max("said_on"))
        .order_by("-speech_ref")[:300]
    )
    return [(row["speech_ref"], f"{row['title'] or '（无标题）'}{_on(row['said'])}") for row in rows]


def _on(day: date | None) -> str:
    return f"（{day.year}年{day.month}月{day.day}日）" if day else ""


def _ids(text: str) -> list[int]:
    return [int(one) for one in text.split(",")[:MOST_ITEMS] if one.isdecimal() and len(one) < 19]


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _again(field: forms.Field) -> dict[str, Any]:
    """The arguments that make the same field anew: fields are dressed one by one."""
    kept = {name: getattr(field, name) for name in ("label", "required", "help_text", "initial")}
    if isinstance(field, forms.DateField):
        return kept | {"validators": [validate_near]}
    if isinstance(field, forms.ChoiceField):
        return kept | {"choices": field.choices, "widget": type(field.widget)()}
    if isinstance(field, forms.IntegerField):
        return kept | {"min_value": field.min_value, "max_value": field.max_value}
    if isinstance(field, forms.CharField):
        return kept | {
            "max_length": field.max_length,
            "widget": type(field.widget)(attrs=dict(field.widget.attrs)),
        }
    return kept


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.HiddenInput):
        return
    widget.attrs["class"] = "form-select" if isinstance(widget, forms.Select) else "form-control"
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")


class UploadForm(forms.Form):
    """A new template."""

    file = forms.FileField(
        label="模板文件（.docx）", widget=forms.FileInput(attrs={"class": "form-control", "accept": ".docx"})
    )
