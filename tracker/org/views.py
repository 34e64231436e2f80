"""The settings pages, for administrators only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import chinese_calendar
from axes.utils import reset as unlock
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.org import directory, forms
from tracker.org.calendar import today
from tracker.org.models import CalendarDay, Department, DepartmentGroup, Office, Person, SchoolTerm

_View = Callable[..., HttpResponse]


def administrators_only(view: _View) -> _View:
    """Everybody else gets 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Person) or not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class PasswordChange(SuccessMessageMixin[Any], PasswordChangeView):
    """One's own password; afterwards the first screen says so."""

    success_url = "/"
    success_message = "密码已修改。"


def _one(model: type[models.Model], pk: int | None) -> Any:
    return get_object_or_404(model, pk=pk) if pk else None


def _form_page(request: HttpRequest, form: Any, *, title: str, back: str, **context: Any) -> HttpResponse:
    context |= {"form": form, "title": title, "back": reverse(f"org:{back}"), "tab": back}
    return render(request, "org/form.html", context, status=422 if form.is_bound else 200)


@administrators_only
def settings(request: HttpRequest) -> HttpResponse:
    """The office itself."""
    form = forms.OfficeForm(request.POST or None, instance=Office.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "单位设置已保存。")
        return redirect("org:settings")
    return _form_page(
        request,
        form,
        title="单位设置",
        back="settings",
        intro="单位名称用于页面和文书，文号简称用于事项编号。",
    )


# -- departments -------------------------------------------------------------------------------------------------
@administrators_only
def departments(request: HttpRequest) -> HttpResponse:
    """All departments in their official order."""
    rows = Department.objects.select_related("leader").prefetch_related("aliases", "groups")
    return render(request, "org/departments.html", {"departments": rows, "tab": "departments"})


@administrators_only
def department(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a department; a closed one is switched off, never deleted."""
    row = _one(Department, pk)
    form = forms.DepartmentForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if row is None:
                form.instance.position = Department.objects.count() + 1
            saved = form.save()
            directory.set_names(
                saved, aliases=form.cleaned_data["aliases"], groups=form.cleaned_data["groups"]
            )
        messages.success(request, f"{saved.name}已保存。")
        return redirect("org:departments")
    return _form_page(request, form, title=f"修改{row.name}" if row else "新增单位", back="departments")


@administrators_only
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Save the order typed into the list."""
    typed = {name[6:]: str(value) for name, value in request.POST.items() if name.startswith("place-")}
    # A place of more digits than there are departments is a slip: that department keeps its place.
    directory.set_order(
        {
            int(pk): int(place)
            for pk, place in typed.items()
            if pk.isdecimal() and place.isdecimal() and max(len(pk), len(place)) < 10
        }
    )
    messages.success(request, "单位顺序已保存，各列表和统计均按此顺序。")
    return redirect("org:departments")


@administrators_only
def groups(request: HttpRequest) -> HttpResponse:
    """Collective names."""
    rows = DepartmentGroup.objects.prefetch_related("members")
    return render(request, "org/groups.html", {"groups": rows, "tab": "groups"})


@administrators_only
def group(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a collective name."""
    row = _one(DepartmentGroup, pk)
    form = forms.GroupForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "单位组已保存。")
        return redirect("org:groups")
    delete = reverse("org:group-delete", args=[pk]) if pk else ""
    return _form_page(
        request, form, title=f"修改{row.name}" if row else "新增单位组", back="groups", delete=delete
    )


@administrators_only
@require_POST
def group_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups only serve to read speeches: they may go. Gone already is fine."""
    DepartmentGroup.objects.filter(pk=pk).delete()
    return redirect("org:groups")


# -- people ------------------------------------------------------------------------------------------------------
@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with their roles, found by name or login name."""
    words = request.GET.get("q", "").strip()
    rows = Person.objects.prefetch_related("memberships__department").order_by("-is_active", "pk")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return render(request, "org/people.html", {"people": rows, "q": words, "tab": "people"})


@administrators_only
def person(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a person. A new one gets a first password, shown once."""
    row = _one(Person, pk)
    form = forms.PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                saved = form.save()
                data = form.cleaned_data
                directory.set_roles(saved, roles=data["roles"], departments=data["departments"])
                password = directory.give_password(saved) if row is None else ""
        except directory.LastAdministrator as error:
            form.add_error(None, str(error))
        else:
            return _saved_person(request, saved, password)
    return _form_page(request, form, title=f"修改{row}" if row else "新增人员", back="people", person=row)


def _saved_person(request: HttpRequest, saved: Person, password: str) -> HttpResponse:
    if password:
        return _show_password(request, saved, password)
    messages.success(request, f"{saved}已保存。")
    return redirect("org:people")


@administrators_only
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new password to somebody who forgot theirs."""
    row = get_object_or_404(Person, pk=pk)
    unlock(username=row.username)  # the page of a locked account says that this helps
    return _show_password(request, row, directory.give_password(row))


def _show_password(request: HttpRequest, row: Person, secret: str) -> HttpResponse:
    """Straight on the page: a message would put it into a cookie."""
    response = render(request, "org/password.html", {"person": row, "password": secret, "tab": "people"})
    response["Cache-Control"] = "no-store"
    return response


# -- days --------------------------------------------------------------------------------------------------------
@administrators_only
def calendar(request: HttpRequest) -> HttpResponse:
    """The days that differ from the legal calendar."""
    form = forms.CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = directory.declare_days(form.rows())
        messages.success(request, f"已保存{count}天。超期、临期即按新的日历计算。")
        return redirect("org:calendar")
    known = max(day.year for day in chinese_calendar.constants.holidays)
    context = {
        "form": form,
        "days": CalendarDay.objects.order_by("-day"),
        "known_until": known,
        "tab": "calendar",
    }
    context["needs_care"] = today().year >= known
    return render(request, "org/calendar.html", context, status=422 if form.is_bound else 200)


@administrators_only
@require_POST
def day_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the legal calendar. Gone already is fine."""
    CalendarDay.objects.filter(pk=pk).delete()
    return redirect("org:calendar")


@administrators_only
def terms(request: HttpRequest) -> HttpResponse:
    """School terms."""
    return render(
        request, "org/terms.html", {"terms": SchoolTerm.objects.order_by("-starts"), "tab": "terms"}
    )


@administrators_only
def term(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a school term."""
    row = _one(SchoolTerm, pk)
    form = forms.TermForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "学期已保存。")
        return redirect("org:terms")
    delete = reverse("org:term-delete", args=[pk]) if pk else ""
    return _form_page(
        request, form, title=f"修改{row.name}" if row else "新增学期", back="terms", delete=delete
    )


@administrators_only
@require_POST
def term_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone already is fine."""
    SchoolTerm.objects.filter(pk=pk).delete()
    return redirect("org:terms")
