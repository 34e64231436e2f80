"""附件: uploading to an item, and downloading by whoever may see it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from tracker.items.access import get_item, person, require
from tracker.items.files import attach as keep
from tracker.items.models import Attachment
from tracker.items.request_forms import AttachForm
from tracker.items.views.detail import again, here


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """One or several files, alone."""
    item, user = get_item(request, pk), person(request)
    require("attach", item, user)
    form = AttachForm(request.POST, request.FILES, auto_id=False)
    if not form.is_valid():
        return again(request, pk, attaching=form)
    rows = keep(item=item, by=user, files=form.cleaned_data["papers"])
    said = f"已上传 {len(rows)} 个附件。" if rows else "这些附件已经上传过。"
    messages.success(request, f"{item.number} {said}")
    return here(request, item)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file under the name it came with, never shown in the page and never guessed at by the browser."""
    attachment = get_object_or_404(Attachment, pk=pk)
    get_item(request, attachment.item_id)
    try:
        data = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404("附件文件不在服务器上，请联系管理员。") from None
    response = FileResponse(
        data, as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
