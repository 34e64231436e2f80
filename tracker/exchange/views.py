"""Import and export of the ledger."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from tracker.exchange.forms import MappingForm, UploadForm
from tracker.exchange.history import events_of, history_workbook
from tracker.exchange.jobs import EXPORT, IMPORT
from tracker.exchange.models import ExportJob, ImportJob
from tracker.exchange.sheet import SheetUnreadable, survey
from tracker.items.access import get_item, person, require_officer
from tracker.items.models import ActionItem
from tracker.org.leasing import ring

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OUTCOMES = (("new", "新登记"), ("change", "有改动"), ("same", "无变化"), ("refused", "不能导入"))


def imports(request: HttpRequest) -> HttpResponse:
    """Upload a sheet; what was imported before."""
    user = require_officer(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = survey(file.read())
        except SheetUnreadable as error:
            form.add_error("file", str(error))
        else:
            file.seek(0)
            job = ImportJob.objects.create(
                by=user,
                file=file,
                file_name=file.name[-200:],
                table=asdict(table),
                state=ImportJob.State.WAITING,
            )
            return redirect(job)
    context = {"form": form, "jobs": ImportJob.objects.select_related("by")[:20]}
    return render(request, "exchange/imports.html", context, status=422 if form.is_bound else 200)


def import_job(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: match the columns, look at what would happen, write, read what happened."""
    require_officer(request)
    job = get_object_or_404(ImportJob.objects.select_related("by"), pk=pk)
    form = MappingForm(job.table["headings"], request.POST or None)
    if request.method == "POST":
        if job.phase == ImportJob.Phase.WRITE:
            messages.error(request, "该文件已在写入或已写入，不能再改对应关系。")
            return redirect(job)
        if form.is_valid():
            phase = ImportJob.Phase.CHECK
            kept = {"mapping": form.mapping, "phase": phase, "counts": {}, "samples": {}}
            if job.requeue(source=ImportJob.State.WAITING, **kept) or job.requeue(
                source=ImportJob.State.FAILED, **kept
            ):
                ring(IMPORT, job.pk)
            return redirect(job)
    return render(request, "exchange/import.html", _shown(job, form), status=422 if form.is_bound else 200)


def _shown(job: ImportJob, form: MappingForm) -> dict[str, Any]:
    """What the page and its refresh show."""
    for heading, field in form.rows:
        if job.mapping and not form.is_bound:
            field.field.initial = job.mapping.get(str(heading["place"]), "")
    counted = [(key, label, job.counts.get(key, 0), job.samples.get(key, [])) for key, label in _OUTCOMES]
    return {
        "job": job,
        "form": form,
        "counted": counted,
        "will_write": job.counts.get("new", 0) + job.counts.get("change", 0),
    }


@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of the page; a finished job reloads the whole."""
    require_officer(request)
    job = get_object_or_404(ImportJob, pk=pk)
    answer = render(request, "exchange/_progress.html", {"job": job})
    if not job.is_moving:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def import_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was checked. Pressing twice is harmless."""
    require_officer(request)
    job = get_object_or_404(ImportJob, pk=pk)
    if job.phase == ImportJob.Phase.MATCH:
        messages.error(request, "请先对应各列并核对。")
    elif job.phase == ImportJob.Phase.CHECK:
        kept = {"phase": ImportJob.Phase.WRITE, "counts": {}, "samples": {}}
        if job.requeue(source=ImportJob.State.WAITING, **kept):
            ring(IMPORT, job.pk)
    return redirect(job)


@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The refused rows with their reasons."""
    require_officer(request)
    job = get_object_or_404(ImportJob, pk=pk)
    name = job.file_name.removesuffix(".xlsx")
    return _file(job.refused.name, f"{name}（未导入的行）.xlsx")


@require_POST
def export_start(request: HttpRequest) -> HttpResponse:
    """Have a large export made: `state` is the ledger's query string."""
    user = person(request)
    what = ExportJob.What.HISTORY if request.POST.get("what") == "history" else ExportJob.What.LEDGER
    job = ExportJob.objects.create(
        by=user,
        what=what,
        query=request.POST.get("state", "")[:2000],
        columns=request.POST.getlist("columns")[:60],
    )
    ring(EXPORT, job.pk)
    return redirect(job)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """One item's whole history as Excel, for whoever may see the item."""
    item = get_item(request, pk)
    events = events_of(ActionItem.objects.filter(pk=item.pk))
    content = history_workbook(events, title=f"{item.number} {item.title}　办理过程")
    disposition = content_disposition_header(True, f"办理过程 {item.number}.xlsx") or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_safe
def export_job(request: HttpRequest, pk: int) -> HttpResponse:
    """One export: how far, then the download."""
    return render(request, "exchange/export.html", {"job": _own_export(request, pk)})


@require_safe
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of the page."""
    job = _own_export(request, pk)
    answer = render(request, "exchange/_progress.html", {"job": job})
    if not job.is_moving:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The workbook."""
    job = _own_export(request, pk)
    return _file(job.file.name, job.file_name)


def _own_export(request: HttpRequest, pk: int) -> ExportJob:
    job = get_object_or_404(ExportJob, pk=pk)
    if not job.may_be_read_by(person(request)):
        raise Http404
    return job


def _file(stored: str | None, name: str) -> FileResponse:
    if not stored or not default_storage.exists(stored):
        raise Http404("文件已过保留期，请重新生成。")
    return FileResponse(default_storage.open(stored), as_attachment=True, filename=name, content_type=XLSX)
