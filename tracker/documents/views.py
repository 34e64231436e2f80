"""公文: what was made, asking for a new one, its progress, the download."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tracker.documents import jobs
from tracker.documents.kinds import FORMS, Form, Source
from tracker.documents.models import Document
from tracker.documents.request_form import RequestForm
from tracker.items.access import person
from tracker.items.listing import Listing
from tracker.org.models import Person

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def may_make(form: Form, user: Person) -> bool:
    """Officers make everything; a department fills in its own applications."""
    return user.is_officer or (form.for_departments and bool(user.liaison_departments))


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(person(request)), pk=pk)


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """The documents made, the latest first."""
    documents = Document.objects.visible_to(person(request)).defer("snapshot").select_related("requested_by")
    kind = request.GET.get("kind", "")
    if kind in FORMS:
        documents = documents.filter(kind=kind)
    page = Paginator(documents.prefetch_related("numbers"), 20).get_page(request.GET.get("page"))
    context = {"page": page, "kind": kind, "forms": FORMS.values(), "may_make": person(request).is_officer}
    return render(request, "documents/list.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """First which document, then what about; a POST makes it."""
    data = request.POST if request.method == "POST" else request.GET
    form = FORMS.get(data.get("kind", ""))
    if form is None:
        return _choose(request, data, FORMS.values())
    if not may_make(form, person(request)):
        raise PermissionDenied
    # A long selection is handed on in a POST that only asks for the form.
    given = request.POST if request.method == "POST" and "step" not in data else None
    bound = RequestForm(given, form=form, user=person(request), initial=_initial(data))
    if given is not None and bound.is_valid():
        document = jobs.request_document(form=form, parameters=bound.cleaned_parameters, by=person(request))
        return redirect(document)
    return render(
        request, "documents/new.html", {"form": bound, "about": form}, status=422 if bound.is_bound else 200
    )


def _initial(data: QueryDict) -> dict[str, Any]:
    """What the link already says."""
    initial: dict[str, Any] = {name: value for name, value in data.items() if value}
    for source in (Source.ITEMS, Source.SPEECH, Source.MEETING):
        if initial.get(source.value):
            initial.setdefault("source", source.value)
    return initial


def _choose(request: HttpRequest, data: QueryDict, forms: Iterable[Form]) -> HttpResponse:
    user = person(request)
    if not (user.is_officer or user.liaison_departments):
        raise PermissionDenied
    allowed = [form for form in forms if may_make(form, user)]
    groups = [(name, list(rows)) for name, rows in groupby(allowed, key=lambda form: form.group)]
    items = data.get("items", "")
    query = QueryDict(mutable=True)
    for name in ("speech", "meeting"):
        if str(data.get(name, "")).isdecimal():
            query[name] = str(data[name])
    context = {
        "groups": groups,
        "items": items,
        "count": items.count(",") + 1 if items else 0,
        "query": query.urlencode(),
    }
    return render(request, "documents/choose.html", context)


@require_POST
def pick(request: HttpRequest) -> HttpResponse:
    """A selection of the ledger (`ids` as pk-version, or `all` with `state`): which document shall be made of it?"""
    user = person(request)
    if not user.is_officer:
        raise PermissionDenied
    if request.POST.get("all"):
        items = list(
            Listing(user, QueryDict(request.POST.get("state", ""))).items.values_list("pk", flat=True)
        )
    else:
        typed = (value.partition("-")[0] for value in request.POST.getlist("ids"))
        items = [int(pk) for pk in typed if pk.isdecimal() and len(pk) < 19]
    if not items:
        messages.warning(request, "没有选中事项。")
        return redirect("items:ledger")
    data = QueryDict(mutable=True)
    data["items"] = ",".join(str(pk) for pk in items)
    return _choose(request, data, [form for form in FORMS.values() if Source.ITEMS in form.sources])


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: progress, or the download with what was checked."""
    return render(request, "documents/detail.html", _facts(_document(request, pk)))


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel alone, for the page that waits."""
    return render(request, "documents/_state.html", _facts(_document(request, pk)))


def _facts(document: Document) -> dict[str, Any]:
    numbers = list(document.numbers.all())
    return {"document": document, "numbers": numbers, "shown": numbers[:12], "more": len(numbers) - 12}


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """重新生成: with the same numbers and the same figures where there are numbers, else from the ledger as it is."""
    document = _document(request, pk)
    if not may_make(document.form, person(request)):
        raise PermissionDenied
    if document.requeue(fresh=True):
        document.refresh_from_db()
        jobs.start(document)
    return redirect(document)


@require_safe
def download(request: HttpRequest, pk: int, *, annex: bool = False) -> FileResponse:
    """The file, under its Chinese name. 404 once it has expired."""
    document = _document(request, pk)
    file, name = (document.annex, document.annex_name) if annex else (document.file, document.file_name)
    if not document.is_available or not file or not file.storage.exists(file.name):
        raise Http404("文件已过保留期或尚未生成。")
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(file.open("rb"), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
