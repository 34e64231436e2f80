"""The forms of the notices: chasing, and the administrator's settings."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from tracker.items.dayfield import DayField
from tracker.notices.errors import SecretUnreadable
from tracker.notices.models import Channel, NoticeSettings, Step
from tracker.notices.sealing import seal, unseal
from tracker.org.calendar import today, validate_near
from tracker.org.forms import Dressed
from tracker.org.models import Department, Person

MOST_DAYS = 60


class StepChoice(forms.ModelChoiceField[Step]):
    """A step by its name."""

    def label_from_instance(self, step: Any) -> str:
        return str(step.name)


class Departments(forms.ModelMultipleChoiceField[Department]):
    """Several departments; a number too large for the database is just one that does not exist."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError("所选单位不存在。") from None


class ChaseForm(Dressed, forms.Form):
    """What to send, to whom, by when."""

    step = StepChoice(
        Step.objects.filter(enabled=True), to_field_name="key", label="种类", empty_label=None,
        widget=forms.RadioSelect, error_messages={"required": "请选择种类。"},
    )  # fmt: skip
    to_lead = forms.BooleanField(label="牵头单位", required=False, initial=True)
    to_supporting = forms.BooleanField(label="配合单位", required=False, initial=True)
    to_leader = forms.BooleanField(label="送分管领导", required=False)
    copied = Departments(
        Department.objects.active(), label="抄送", required=False, widget=forms.CheckboxSelectMultiple
    )
    deadline = DayField(label="责令期限", required=False, validators=[validate_near])
    text = forms.CharField(
        label="要求（可不填）", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_deadline(self) -> Any:
        """A deadline lies ahead."""
        value = self.cleaned_data["deadline"]
        if value and value < today():
            raise forms.ValidationError("责令期限不能早于今天。")
        return value

    def clean(self) -> dict[str, Any]:
        """Somebody must get it."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("to_lead") and not data.get("to_supporting") and not data.get("copied"):
            self.add_error("to_lead", "请至少选择一个发送对象。")
        return data


class NoticeForm(Dressed, forms.ModelForm[NoticeSettings]):
    """When people are told."""

    site_url = forms.URLField(
        label="系统访问地址", required=False, assume_scheme="http",
        help_text="如 http://10.1.2.3:8000，写入邮件和群消息，方便点开",
    )  # fmt: skip

    class Meta:
        model = NoticeSettings
        fields = ["digest_on", "digest_at", "hours_from", "hours_until", "events_by_mail", "site_url"]
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("digest_at", "hours_from", "hours_until")
        }
        help_texts = {
            "digest_on": "每个工作日一次，有事才发；周末和节假日不发",
            "hours_until": "此时段以外产生的邮件和群消息，留到下一个工作时段再发",
            "events_by_mail": "交办、退回、催办、时限答复等；同时产生的合并为一封",
        }

    def clean(self) -> dict[str, Any]:
        """The digest falls within the hours, and the hours run forward."""
        data: dict[str, Any] = super().clean() or {}
        start, end, at = data.get("hours_from"), data.get("hours_until"), data.get("digest_at")
        if start and end and end <= start:
            self.add_error("hours_until", "须晚于开始时刻。")
        elif start and end and at and not start <= at < end:
            self.add_error("digest_at", "汇总时刻须在对外发送时段内。")
        return data


class AutomaticForm(forms.ModelForm[NoticeSettings]):
    """Whether the ladder acts by itself."""

    class Meta:
        model = NoticeSettings
        fields = ["escalates_itself"]


class StepForm(Dressed, forms.ModelForm[Step]):
    """One step of the ladder."""

    class Meta:
        model = Step
        fields = ["enabled", "name", "colour", "when", "days", "after_previous", "answer_days", "to_leader"]
        widgets = {
            "days": forms.NumberInput(attrs={"min": 0, "max": MOST_DAYS}),
            "answer_days": forms.NumberInput(attrs={"min": 1, "max": MOST_DAYS}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].validators.append(MaxValueValidator(MOST_DAYS))
        self.fields["answer_days"].validators += [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{self.instance.name}：{self.fields[name].label}"

    def clean(self) -> dict[str, Any]:
        """Overdue by nothing is not overdue."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("when") == Step.When.LATE and data.get("days") == 0:
            self.add_error("days", "超期至少1个工作日。")
        return data


class ChannelForm(Dressed, forms.ModelForm[Channel]):
    """A channel. What is secret is never shown again: left blank, it stays as it is."""

    class Meta:
        model = Channel
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and not self.initial.get("name"):
            self.initial["name"] = self.instance.get_kind_display()
        self.stored = {
            name: getattr(self.instance, name) for name in ("url", "secret") if name in self.fields
        }
        for name, value in self.stored.items():
            self.initial[name] = ""
            field = self.fields[name]
            field.required = False
            if value:
                fine = self.instance.is_readable
                field.label = f"{field.label}（{'已设置' if fine else '须重新填写'}）"
                field.help_text = "留空不变，填写即更换" if fine else str(SecretUnreadable())

    def clean(self) -> dict[str, Any]:
        """Blank secrets keep what is stored, others are sealed at once."""
        data: dict[str, Any] = super().clean() or {}
        for name, value in self.stored.items():
            if name not in self.errors:
                data[name] = seal(data[name]) if data.get(name) else value
        return data


class MailForm(ChannelForm):
    """An SMTP server."""

    class Meta:
        model = Channel
        fields = ["name", "host", "port", "security", "username", "secret", "sender", "enabled"]
        labels = {"secret": "密码或授权码"}
        widgets = {"secret": forms.PasswordInput(attrs={"autocomplete": "new-password"})}
        help_texts = {
            "host": "留空则使用环境变量 EMAIL_HOST 等指定的服务器",
            "port": "留空按加密方式取 465、587 或 25",
            "sender": "留空则用账号",
        }

    def clean_port(self) -> int | None:
        """A port number there is."""
        port: int | None = self.cleaned_data["port"]
        if port is not None and not 0 < port < 65536:
            raise forms.ValidationError("端口应在1至65535之间。")
        return port

    def clean(self) -> dict[str, Any]:
        """One mail server at a time; two would write to everybody twice."""
        data = super().clean()
        others = Channel.objects.usable().filter(kind=Channel.Kind.EMAIL).exclude(pk=self.instance.pk)
        if data.get("enabled") and others.exists():
            self.add_error("enabled", "已有启用的邮件渠道，同时只能启用一个。")
        return data


class RobotForm(ChannelForm):
    """A robot of a chat group."""

    class Meta:
        model = Channel
        fields = ["name", "url", "secret", "department", "sends_digest", "sends_events", "enabled"]
        labels = {"sends_digest": "发每日汇总", "sends_events": "发交办、催办等即时消息"}
        widgets = {
            "url": forms.TextInput(attrs={"autocomplete": "off"}),
            "secret": forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        }
        help_texts = {
            "url": "群机器人的 Webhook 地址，内含密钥，请勿外传",
            "secret": "机器人安全设置“加签／签名校验”给出的密钥",
            "department": "单位自己的群请选择单位；不选则发全部事项",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].empty_label = "全部事项"  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """An address of the web; required the first time."""
        url: str = self.cleaned_data["url"].strip()
        if not url and not self.stored["url"]:
            raise forms.ValidationError("请填写 Webhook 地址。")
        try:
            parts = urlsplit(url)
            fine = not url or (parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0)
        except ValueError:
            fine = False
        if not fine or any(ord(mark) <= 32 or ord(mark) > 126 for mark in url):
            raise forms.ValidationError("地址应以 https:// 开头，从群机器人页面完整复制。")
        return url

    def clean_secret(self) -> str:
        """Copied secrets bring blanks along."""
        return str(self.cleaned_data["secret"]).strip()


class WecomForm(RobotForm):
    """A robot of 企业微信, whose key is in its address."""

    class Meta(RobotForm.Meta):
        fields = [name for name in RobotForm.Meta.fields if name != "secret"]


def form_for(kind: str) -> type[ChannelForm]:
    """The form of one kind of channel."""
    return {Channel.Kind.EMAIL: MailForm, Channel.Kind.WECOM: WecomForm}.get(Channel.Kind(kind), RobotForm)


def whereto(channel: Channel) -> str:
    """Where a channel leads, without what is secret: the host of a robot's address, or the mail server."""
    if not channel.is_readable:
        return f"{SecretUnreadable()}。"
    if not channel.url:
        return channel.host or "环境变量指定的服务器"
    return f"{urlsplit(unseal(channel.url)).hostname or ''}　已设置"


class OwnMailForm(Dressed, forms.ModelForm[Person]):
    """One's own address for notices."""

    class Meta:
        model = Person
        fields = ["email"]
        labels = {"email": "接收通知的邮箱"}
        help_texts = {"email": "不填则只在系统内收消息"}


class ChaseFilter(forms.Form):
    """What the list of chases shows."""

    STANDINGS = (
        ("running", "限期内"), ("expired", "到期未回"), ("answered", "已反馈"), ("ended", "已办结"), ("dropped", "不发"),
    )  # fmt: skip
    q = forms.CharField(
        required=False, max_length=100,
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "事项、编号", "aria-label": "搜索"}),
    )  # fmt: skip
    step = StepChoice(
        Step.objects.all(), to_field_name="key", required=False, empty_label="全部种类",
        widget=forms.Select(attrs={"class": "form-select", "aria-label": "种类"}),
    )  # fmt: skip
    standing = forms.ChoiceField(
        required=False, choices=[("", "全部状态"), *STANDINGS],
        widget=forms.Select(attrs={"class": "form-select", "aria-label": "状态"}),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.active(), required=False, empty_label="全部单位",
        widget=forms.Select(attrs={"class": "form-select", "aria-label": "单位"}),
    )  # fmt: skip
