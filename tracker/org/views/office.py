"""The office itself and its school terms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.org import forms
from tracker.org.models import Office, SchoolTerm
from tracker.org.views.access import administrators_only, form_page, one


@administrators_only
def settings(request: HttpRequest) -> HttpResponse:
    """The office itself."""
    form = forms.OfficeForm(request.POST or None, instance=Office.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "单位设置已保存。")
        return redirect("org:settings")
    return form_page(
        request,
        form,
        title="单位设置",
        back="settings",
        intro="单位名称用于页面和文书，文号简称用于事项编号。",
    )


@administrators_only
def terms(request: HttpRequest) -> HttpResponse:
    """School terms."""
    return render(
        request, "org/terms.html", {"terms": SchoolTerm.objects.order_by("-starts"), "tab": "terms"}
    )


@administrators_only
def term(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a school term."""
    row = one(SchoolTerm, pk)
    form = forms.TermForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "学期已保存。")
        return redirect("org:terms")
    delete = reverse("org:term-delete", args=[pk]) if pk else ""
    return form_page(
        request, form, title=f"修改{row.name}" if row else "新增学期", back="terms", delete=delete
    )


@administrators_only
@require_POST
def term_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone already is fine."""
    SchoolTerm.objects.filter(pk=pk).delete()
    return redirect("org:terms")
