"""Departments in their official order, and groups of them."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.org import directory, forms
from tracker.org.models import Department, DepartmentGroup
from tracker.org.views.access import administrators_only, form_page, one


@administrators_only
def departments(request: HttpRequest) -> HttpResponse:
    """All departments in their official order."""
    rows = Department.objects.select_related("leader").prefetch_related("aliases", "groups")
    return render(request, "org/departments.html", {"departments": rows, "tab": "departments"})


@administrators_only
def department(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a department; a closed one is switched off, never deleted."""
    row = one(Department, pk)
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
        if row is not None and "is_active" in form.changed_data and not saved.is_active:
            messages.warning(
                request, f"{saved.name}已撤销。尚有在办事项的，请在该单位页用“并入其他单位”转出，或逐件改派。"
            )
        return redirect("org:departments")
    # By name only: merging moves items, which are above this app.
    merge = reverse("items:merge", args=[pk]) if pk else ""
    title = f"修改{row.name}" if row else "新增单位"
    return form_page(request, form, title=title, back="departments", merge=merge)


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
@require_POST
def move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One place up or down."""
    row = get_object_or_404(Department, pk=pk)
    directory.shift(row, up=way == "up")
    return redirect(f"{reverse('org:departments')}#d{pk}")


@administrators_only
def groups(request: HttpRequest) -> HttpResponse:
    """Collective names."""
    rows = DepartmentGroup.objects.prefetch_related("members")
    return render(request, "org/groups.html", {"groups": rows, "tab": "groups"})


@administrators_only
def group(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a collective name."""
    row = one(DepartmentGroup, pk)
    form = forms.GroupForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "单位组已保存。")
        return redirect("org:groups")
    delete = reverse("org:group-delete", args=[pk]) if pk else ""
    return form_page(
        request, form, title=f"修改{row.name}" if row else "新增单位组", back="groups", delete=delete
    )


@administrators_only
@require_POST
def group_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Groups only serve to read speeches: they may go. Gone already is fine."""
    DepartmentGroup.objects.filter(pk=pk).delete()
    return redirect("org:groups")
