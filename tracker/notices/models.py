"""Messages and how they leave the house, chases and their ladder, and what the office has set for both."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from tracker.items.models import ActionItem, Event, Feedback
from tracker.items.reckoning import Reckoning
from tracker.items.states import ENDED
from tracker.notices.errors import SecretUnreadable
from tracker.notices.sealing import PREFIX, SealedField, unseal
from tracker.org import clock
from tracker.org.models import Department, Person

# After this many tries in vain a delivery is given up; the message is in the product anyway.
MOST_ATTEMPTS = 6
# The pauses of a channel that fails, in minutes; the last one repeats.
PAUSES = (1, 5, 20, 60, 180)


class NoticeSettings(models.Model):
    """When people are told and how chasing escalates: one row."""

    digest_on = models.BooleanField("每日汇总", default=True)
    digest_at = models.TimeField("汇总时刻", default=time(8, 30))
    hours_from = models.TimeField("对外发送，自", default=time(8, 30))
    hours_until = models.TimeField("至", default=time(18, 0))
    events_by_mail = models.BooleanField("即时消息同时发邮件", default=True)
    site_url = models.URLField("系统访问地址", blank=True)
    escalates_itself = models.BooleanField("到步骤后自动签发", default=False)

    class Meta:
        verbose_name = "通知设置"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="notice_settings_are_one_row")]

    def __str__(self) -> str:
        return "通知设置"

    @classmethod
    def current(cls) -> "NoticeSettings":
        """The one row, or an unsaved one with the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Ways out of the product."""

    def usable(self) -> "ChannelQuerySet":
        """Switched on."""
        return self.filter(enabled=True)

    def failing(self) -> "ChannelQuerySet":
        """Switched on, and the last try failed."""
        return self.usable().filter(failures__gt=0)


class Channel(models.Model):
    """One way out: an SMTP server for the people's own addresses, or a robot of a chat group."""

    class Kind(models.TextChoices):
        EMAIL = "email", "电子邮件"
        WECOM = "wecom", "企业微信群机器人"
        DINGTALK = "dingtalk", "钉钉群机器人"
        FEISHU = "feishu", "飞书群机器人"

    class Security(models.TextChoices):
        SSL = "ssl", "SSL（465）"
        STARTTLS = "starttls", "STARTTLS（587）"
        NONE = "none", "不加密（25，仅限内网）"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    name = models.CharField("名称", max_length=40, unique=True)
    enabled = models.BooleanField("启用", default=True)
    # A robot's address holds its key: it is as secret as the secret.
    url = SealedField("Webhook 地址", blank=True)
    secret = SealedField("密钥", blank=True)
    # Blank host: the server named in the environment.
    host = models.CharField("SMTP 服务器", max_length=120, blank=True)
    port = models.PositiveIntegerField("端口", null=True, blank=True)
    security = models.CharField("加密", max_length=10, choices=Security.choices, default=Security.SSL)
    username = models.CharField("账号", max_length=120, blank=True)
    sender = models.EmailField("发件地址", blank=True)
    # What a group is told; people always get their own.
    department = models.ForeignKey(
        Department, verbose_name="只发此单位的事项", null=True, blank=True, on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    sends_digest = models.BooleanField("每日汇总", default=True)
    sends_events = models.BooleanField("交办、催办等即时消息", default=False)

    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=300, blank=True)
    last_ok_at = models.DateTimeField("最近成功", null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "通知渠道"
        ordering = ["pk"]
        constraints = [
            # Two of them would tell everybody twice.
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="email", enabled=True), name="one_mail_channel_in_use"
            ),
            *(
                models.CheckConstraint(
                    condition=Q((name, "")) | Q((f"{name}__startswith", PREFIX)),
                    name=f"channel_{name}_is_sealed",
                )
                for name in ("url", "secret")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_robot(self) -> bool:
        """Whether it speaks to a group and not to people's own addresses."""
        return self.kind != self.Kind.EMAIL

    @property
    def opened(self) -> tuple[str, str]:
        """Address and secret, to send with. Raises `SecretUnreadable`."""
        return unseal(self.url), unseal(self.secret)

    @property
    def is_readable(self) -> bool:
        """Whether SECRET_KEY is still the one its secrets were sealed with."""
        try:
            return bool(self.opened)
        except SecretUnreadable:
            return False

    def succeeded(self) -> None:
        """Note that it works."""
        Channel.objects.filter(pk=self.pk).update(
            failures=0, failing_since=None, paused_until=None, last_error="", last_ok_at=timezone.now()
        )

    def failed(self, error: str) -> None:
        """Note the error and leave it alone for a while: longer with each failure in a row."""
        now = timezone.now()
        self.refresh_from_db(fields=["failures", "failing_since"])
        pause = timedelta(minutes=PAUSES[min(self.failures, len(PAUSES) - 1)])
        Channel.objects.filter(pk=self.pk).update(
            failures=self.failures + 1,
            failing_since=self.failing_since or now,
            paused_until=now + pause,
            last_error=error[:300],
        )


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, the latest first."""

    def of(self, person: Person) -> "MessageQuerySet":
        """Those for one person."""
        return self.filter(person=person)

    def unread(self) -> "MessageQuerySet":
        """Not opened yet."""
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """Something one person, or the group behind one robot, is told. Its row is the claim: there is never a second."""

    class Kind(models.TextChoices):
        DIGEST = "digest", "每日汇总"
        ISSUED = "issued", "交办"
        RETURNED = "returned", "退回重办"
        REFUSED = "refused", "退回交办"
        SUBMITTED = "submitted", "报办结"
        ASKED = "asked", "延期申请"
        INSTRUCTED = "instructed", "批示"
        CHASED = "chased", "催办"
        ESCALATED = "escalated", "督查"
        EXTENSION = "extension", "时限"
        CHANNEL = "channel", "渠道异常"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # Tells two of a kind apart that are both wanted on one day: 催办单 and 红色督查单.
    variant = models.CharField(max_length=12, blank=True)
    item = models.ForeignKey(
        ActionItem, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    day = models.DateField()
    subject = models.CharField(max_length=260)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, channel__isnull=False)
                | Q(person__isnull=False, channel__isnull=True),
                name="message_has_one_reader",
            ),
            # At most once, in the four forms that NULL asks for.
            models.UniqueConstraint(
                fields=["item", "person", "kind", "variant", "day"],
                condition=Q(item__isnull=False, person__isnull=False),
                name="person_told_of_item_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "variant", "day"],
                condition=Q(item__isnull=True, person__isnull=False),
                name="person_told_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["item", "channel", "kind", "variant", "day"],
                condition=Q(item__isnull=False, channel__isnull=False),
                name="group_told_of_item_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["channel", "kind", "variant", "day"],
                condition=Q(item__isnull=True, channel__isnull=False),
                name="group_told_once_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="message_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="message_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """What is on its way out."""

    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Waiting, and its time has come."""
        return self.filter(state=Delivery.State.QUEUED, not_before__lte=now)


class Delivery(models.Model):
    """A message on its way through one channel. The row is the job; see `delivering`."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "失败"

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Set just before the first byte leaves: from then on nobody can tell whether it arrived.
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "发送"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="message_sent_once_a_channel"),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False), name="sending_has_a_lease"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "not_before"], condition=Q(state="queued"), name="delivery_queue"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="delivery_leases"),
            models.Index(fields=["claim"], name="delivery_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.message} → {self.channel}"


class EventCursor(models.Model):
    """How far the items' events have been read: one row.

    An event of a long transaction becomes visible after others with higher numbers. `ahead` lists those already
    handled above `floor`, and `floor` only follows once nothing can slip in below it any more.
    """

    floor = models.PositiveBigIntegerField(default=0)
    ahead = models.JSONField(default=list)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="event_cursor_is_one_row")]

    def __str__(self) -> str:
        return f"{self.floor} + {len(self.ahead)}"


class DayJob(models.Model):
    """What is done once a day, whoever's clock rings for it: digests, the ladder. Its lease says that somebody is at it."""

    name = models.CharField(max_length=20)
    day = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="day_job_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class Step(models.Model):
    """One step of the ladder from 提醒单 to 红色督查单. Names, days and colours differ by place."""

    class Key(models.TextChoices):
        REMIND = "remind", "提醒"
        URGE = "urge", "催办"
        BLUE = "blue", "督查一"
        AMBER = "amber", "督查二"
        RED = "red", "督查三"

    class When(models.TextChoices):
        LEFT = "left", "剩余工作日不多于"
        LATE = "late", "超期工作日不少于"

    class Colour(models.TextChoices):
        NONE = "", "无"
        BLUE = "blue", "蓝"
        YELLOW = "yellow", "黄"
        ORANGE = "orange", "橙"
        RED = "red", "红"

    key = models.CharField(max_length=8, choices=Key.choices, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField("名称", max_length=20)
    colour = models.CharField("颜色", max_length=8, choices=Colour.choices, blank=True)
    enabled = models.BooleanField("启用", default=True)
    when = models.CharField("条件", max_length=8, choices=When.choices, default=When.LATE)
    days = models.PositiveSmallIntegerField("工作日", default=1)
    after_previous = models.BooleanField("须上一步到期无结果", default=False)
    answer_days = models.PositiveSmallIntegerField("责令期限（工作日）", default=3)
    to_leader = models.BooleanField("送分管领导", default=False)

    class Meta:
        verbose_name = "催办步骤"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ChaseQuerySet(models.QuerySet["Chase"]):
    """Chases, the latest first."""

    def visible_to(self, user: Person) -> "ChaseQuerySet":
        """Those on items the person may see; proposals are the officer's desk."""
        seen = self.filter(item__in=ActionItem.objects.visible_to(user).values("pk"))
        return seen if user.is_officer else seen.filter(state=Chase.State.ISSUED)

    def issued(self) -> "ChaseQuerySet":
        """Really sent."""
        return self.filter(state=Chase.State.ISSUED)

    def proposed(self) -> "ChaseQuerySet":
        """Waiting for an officer."""
        return self.filter(state=Chase.State.PROPOSED)

    def with_answer(self) -> "ChaseQuerySet":
        """Annotate `reported`: the department has said something new since."""
        since = Feedback.objects.filter(item=OuterRef("item"), at__gt=OuterRef("at"), no_change=False)
        return self.annotate(reported=Exists(since))


class Chase(models.Model):
    """提醒单, 催办单 or 督查单 on one item: proposed by the ladder or written by an officer."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待发"
        ISSUED = "issued", "已发"
        DROPPED = "dropped", "不发"

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="chases")
    step = models.CharField("种类", max_length=8, choices=Step.Key.choices)
    # As the step was called and coloured that day.
    name = models.CharField("名称", max_length=20)
    colour = models.CharField(max_length=8, choices=Step.Colour.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    number_seq = models.PositiveIntegerField(null=True, blank=True)
    nth = models.PositiveSmallIntegerField("第几次", default=0)
    # The item's due date then: a new due date starts the ladder anew.
    due = models.DateField(null=True, blank=True)
    deadline = models.DateField("责令期限", null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)
    text = models.TextField("内容", blank=True)
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="following"
    )
    event = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="chase"
    )

    objects = ChaseQuerySet.as_manager()

    class Meta:
        verbose_name = "催办督查"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "step", "day"], condition=Q(state="issued"), name="chased_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="proposed"), name="one_proposal_an_item"
            ),
            models.UniqueConstraint(
                fields=["step", "number_year", "number_seq"],
                condition=Q(number_seq__isnull=False),
                name="chase_number_unique",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(number_seq__isnull=False), name="issued_chase_has_a_number"
            ),
        ]
        indexes = [models.Index(fields=["state", "-at"], name="chase_state")]

    def __str__(self) -> str:
        return f"{self.name}{self.number}"

    @property
    def number(self) -> str:
        """〔2026〕3号 in the series of its kind; nothing before it is issued."""
        return f"〔{self.number_year}〕{self.number_seq}号" if self.number_seq else ""

    def standing(self, now: Reckoning) -> str:
        """Where it stands: proposed, dropped, ended, answered, expired or running. Needs `with_answer`."""
        if self.state != self.State.ISSUED:
            return str(self.state)
        if self.item.status in ENDED:
            return "ended"
        if getattr(self, "reported", False):
            return "answered"
        return "expired" if now.days_late(self.deadline) else "running"

    def departments(self, role: str) -> list[Department]:
        """Those it was sent to in one role. Reads `recipients` (prefetch them with their departments)."""
        return [recipient.department for recipient in self.recipients.all() if recipient.role == role]


class Recipient(models.Model):
    """A department a chase was sent to."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        PART = "part", "分办"
        SUPPORTING = "supporting", "配合"
        COPIED = "copied", "抄送"

    chase = models.ForeignKey(Chase, on_delete=models.CASCADE, related_name="recipients")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["chase", "department"], name="recipient_once")]

    def __str__(self) -> str:
        return f"{self.department}（{self.get_role_display()}）"


def default_steps() -> list[dict[str, Any]]:
    """The ladder of a new installation: 提醒 → 催办 → 蓝 → 黄 → 红."""
    late = Step.When.LATE
    return [
        {"key": "remind", "position": 1, "name": "提醒单", "when": Step.When.LEFT, "days": 3},
        {"key": "urge", "position": 2, "name": "催办单", "when": late, "days": 1, "answer_days": 3},
        {"key": "blue", "position": 3, "name": "蓝色督查单", "colour": "blue", "when": late, "days": 1, "after_previous": True, "answer_days": 5},
        {"key": "amber", "position": 4, "name": "黄色督查单", "colour": "yellow", "when": late, "days": 1, "after_previous": True, "answer_days": 5, "to_leader": True},
        {"key": "red", "position": 5, "name": "红色督查单", "colour": "red", "when": late, "days": 1, "after_previous": True, "answer_days": 3, "to_leader": True},
    ]  # fmt: skip
