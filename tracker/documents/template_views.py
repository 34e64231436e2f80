"""The templates of the forms, for the administrator; samples for everybody who makes documents."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tracker.documents import shelf
from tracker.documents.checking import MOST_BYTES, REQUIRED
from tracker.documents.kinds import FORMS, Form
from tracker.documents.models import DocumentTemplate
from tracker.documents.refusals import BrokenTemplate
from tracker.documents.request_form import UploadForm
from tracker.documents.samples import placeholders
from tracker.items.access import person

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _for(check: str) -> Callable[[HttpRequest], None]:
    def allowed(request: HttpRequest) -> None:
        if not getattr(person(request), check):
            raise PermissionDenied

    return allowed


_administrators, _officers = _for("is_administrator"), _for("is_officer")


def _form(kind: str) -> Form:
    form = FORMS.get(kind)
    if form is None or not form.has_template:
        raise Http404("没有这种文书。")
    return form


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Every form with the template in use."""
    _administrators(request)
    own = {
        row.kind: row
        for row in DocumentTemplate.objects.filter(is_current=True).select_related("uploaded_by")
    }
    rows = [(form, own.get(form.kind.value)) for form in FORMS.values() if form.has_template]
    return render(request, "documents/templates.html", {"rows": rows})


def template(request: HttpRequest, kind: str) -> HttpResponse:
    """One form: what is in use, the placeholders, an upload."""
    _administrators(request)
    form = _form(kind)
    upload = UploadForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and upload.is_valid():
        problems = _take(request, form, upload.cleaned_data["file"])
        if not problems:
            messages.success(request, f"{form.label}模板已启用。")
            return redirect("documents:template", kind=kind)
    context = {
        "about": form, "form": upload, "problems": problems, "current": shelf.current(form), "lists": [_list(name, rows) for name, rows in placeholders(form)],
        "required": REQUIRED[form.kind],
    }  # fmt: skip
    return render(request, "documents/template.html", context, status=422 if upload.is_bound else 200)


def _list(name: str, rows: list[tuple[str, str]]) -> dict[str, Any]:
    """One list of placeholders as the office would type them."""
    if not name:
        return {"title": "直接使用", "rows": [(f"{{{{ {field} }}}}", example) for field, example in rows]}
    typed = [
        (f"{{{{ 行.{field} }}}}" if field != "（文字）" else "{{ 行 }}", example) for field, example in rows
    ]
    return {
        "title": f"列表“{name}”",
        "loop": f"{{%tr for 行 in {name} %}}",
        "end": "{%tr endfor %}",
        "rows": typed,
    }


def _take(request: HttpRequest, form: Form, file: Any) -> list[str]:
    if file.size > MOST_BYTES:
        return [f"文件超过{MOST_BYTES // 1024 // 1024}MB。"]
    try:
        shelf.replace(form, file.read(), name=file.name, by=person(request))
    except BrokenTemplate as error:
        return error.problems
    return []


@require_POST
def restore(request: HttpRequest, kind: str) -> HttpResponse:
    """恢复系统样表."""
    _administrators(request)
    form = _form(kind)
    if shelf.restore(form):
        messages.success(request, f"{form.label}已恢复使用系统样表。")
    return redirect("documents:template", kind=kind)


@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """The shipped sample of a form."""
    _officers(request)
    form = _form(kind)
    return _file(shelf.shipped(form), f"{form.label}样表.docx")


@require_safe
def current(request: HttpRequest, kind: str) -> HttpResponse:
    """The template in use."""
    _administrators(request)
    form = _form(kind)
    return _file(shelf.template_of(form), f"{form.label}模板.docx")


def _file(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=_DOCX, headers={"Content-Disposition": disposition})
