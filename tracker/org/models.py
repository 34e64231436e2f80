"""Departments, people with their roles, the office's own settings, and the days that differ from the calendar."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class Office(models.Model):
    """The office that runs this installation: one row."""

    name = models.CharField("单位全称", max_length=60, default="督办单位")
    short_name = models.CharField("简称", max_length=30, blank=True)
    number_prefix = models.CharField(
        "文号简称", max_length=20, default="督", help_text="如 云教督，用于〔年〕号之前"
    )
    due_soon_days = models.PositiveSmallIntegerField("临期工作日数", default=3)
    needs_approval = models.BooleanField(
        "交办前须经审定", default=False, help_text="由拟办人以外的督查员或领导审定"
    )
    leader_decides = models.BooleanField(
        "延期由领导批复", default=False, help_text="督查员初审，责任领导或主要领导批复"
    )
    sign_days = models.PositiveSmallIntegerField("签收期限（工作日）", default=2)
    stagnant_days = models.PositiveSmallIntegerField("停滞提示（工作日）", default=10)

    class Meta:
        verbose_name = "单位设置"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="office_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Office":
        """The one row, or an unsaved one with defaults before set-up."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Departments in their fixed official order."""

    def active(self) -> "DepartmentQuerySet":
        """Those that still exist; a closed department stays on its old items."""
        return self.filter(is_active=True)


class Department(models.Model):
    """A body that items are assigned to. `position` is the official order, used by every list."""

    class Kind(models.TextChoices):
        OFFICE = "office", "科室"
        SCHOOL = "school", "学校"
        TOWNSHIP = "township", "乡镇（街道）"
        AFFILIATE = "affiliate", "直属单位"

    name = models.CharField("名称", max_length=60, unique=True)
    short_name = models.CharField("简称", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices, default=Kind.OFFICE)
    leader = models.ForeignKey(
        "Person",
        verbose_name="分管领导",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="departments_led",
    )
    is_active = models.BooleanField("在用", default=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The short form where there is one: what dense tables show."""
        return self.short_name or self.name


class DepartmentAlias(models.Model):
    """Another spelling of a department's name that speeches use (基教科)."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField("别称", max_length=60, unique=True)

    class Meta:
        verbose_name = "单位别称"

    def __str__(self) -> str:
        return self.text


class DepartmentGroup(models.Model):
    """A collective name (各学校) and the departments it stands for. `other_names` has one name a line."""

    name = models.CharField("名称", max_length=60, unique=True)
    other_names = models.TextField("其他叫法", blank=True, help_text="每行一个")
    members = models.ManyToManyField(Department, verbose_name="成员", related_name="groups", blank=True)

    class Meta:
        verbose_name = "单位组"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """All the names it goes by."""
        return [self.name, *(line.strip() for line in self.other_names.splitlines() if line.strip())]


class Person(AbstractUser):
    """Someone who signs in. Roles, and with them the data they see, are `Membership` rows; several are possible."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=30)
    title = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    must_change_password = models.BooleanField("须修改密码", default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name as people write it."""
        return str(self)

    def get_short_name(self) -> str:
        """Chinese names have no shorter form."""
        return str(self)

    @cached_property
    def _memberships(self) -> list["Membership"]:
        return list(self.memberships.select_related("department"))

    def has_role(self, *roles: str) -> bool:
        """Whether one of `roles` is held. One query a request, then cached on the object."""
        return any(membership.role in roles for membership in self._memberships)

    @property
    def is_officer(self) -> bool:
        """Runs the supervision: uploads, reviews, assigns. The administrator of a small office does both."""
        return self.has_role(Membership.Role.OFFICER, Membership.Role.ADMIN) or self.is_superuser

    @property
    def is_administrator(self) -> bool:
        """Looks after departments, people and settings."""
        return self.has_role(Membership.Role.ADMIN) or self.is_superuser

    @property
    def sees_everything(self) -> bool:
        """督查员, 管理员 and 主要领导 see all items."""
        return self.is_officer or self.has_role(Membership.Role.PRINCIPAL)

    @property
    def is_leader(self) -> bool:
        """主要领导 or 分管领导."""
        return self.has_role(Membership.Role.PRINCIPAL, Membership.Role.LEADER)

    @property
    def liaison_departments(self) -> list[Department]:
        """The departments this person reports for."""
        return [m.department for m in self._memberships if m.role == Membership.Role.LIAISON and m.department]

    @property
    def role_label(self) -> str:
        """What the page head shows beside the name."""
        labels = [membership.get_role_display() for membership in self._memberships]
        return "、".join(dict.fromkeys(labels)) or ("系统管理员" if self.is_superuser else "未分配角色")


class Membership(models.Model):
    """One role of one person; a 联络员 holds it for a department."""

    class Role(models.TextChoices):
        OFFICER = "officer", "督查员"
        LIAISON = "liaison", "联络员"
        PRINCIPAL = "principal", "主要领导"
        LEADER = "leader", "分管领导"
        ADMIN = "admin", "系统管理员"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    department = models.ForeignKey(
        Department,
        verbose_name="单位",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )

    class Meta:
        verbose_name = "角色"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "department"], name="role_held_once_a_department"
            ),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(department__isnull=True), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=~Q(role="liaison") | Q(department__isnull=False), name="liaison_has_a_department"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class CalendarDay(models.Model):
    """A day the administrator declares a workday or a day off; it overrides the library's legal holidays."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        verbose_name = "日历调整"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_workday else '休息'}"


class SchoolTerm(models.Model):
    """A school term; 暑期, 开学前 and the like are reckoned from these."""

    name = models.CharField("名称", max_length=40, unique=True)
    starts = models.DateField("开学日期")
    ends = models.DateField("结束日期")

    class Meta:
        verbose_name = "学期"
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=models.F("starts")), name="term_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name
