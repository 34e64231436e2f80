"""The list of speeches, upload, live progress, details, 重试."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from speeches import intake, listing
from speeches.forms import DetailsForm, UploadForm
from speeches.models import Speech
from speeches.progress import stages
from speeches.tables import SpeechTable
from speeches.views.review import review_page
from tracker.org.models import Person

# Failures of ours rather than of the file: here 重试 is the first thing to offer.
RETRY_MAY_HELP = {"unexpected", "timeout", "interrupted"}


@require_GET
def speech_list(request: HttpRequest) -> HttpResponse:
    """All speeches: searched, sorted, paged."""
    user = _person(request)
    if not (user.sees_everything or user.is_leader):
        raise PermissionDenied
    view = request.GET.get("view", "all")
    view = view if view in listing.TABS else "all"
    words = request.GET.get("q", "").strip()
    speeches = listing.search(Speech.objects.visible_to(user), words)
    table = SpeechTable(listing.rows(speeches, view), query=request.GET)
    context = {"table": table, "tabs": listing.tabs(speeches, view), "view": view, "words": words}
    return render(request, "speeches/list.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a file or a pasted text."""
    user = _officer(request)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        file, details = form.cleaned_data["file"], form.details
        if file:
            taken = intake.take_in(file, name=file.name, by=user, details=details)
        else:
            taken = intake.take_in_text(form.cleaned_data["text"], by=user, details=details)
        if not taken.is_new:
            messages.info(request, _already_here(taken.speech))
        return redirect(taken.speech)
    status = 422 if is_sent else 200
    context = {
        "form": form,
        "limit": settings.UPLOAD_LIMIT_BYTES,
        "limit_mb": settings.UPLOAD_LIMIT_BYTES // 2**20,
    }
    return render(request, "speeches/upload.html", context, status=status)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The speech's page: its review once extracted, its progress before."""
    speech = _visible(request, pk)
    if speech.state == Speech.State.DONE:
        return review_page(request, speech)
    return render(request, "speeches/progress.html", _progress(speech))


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the progress page that asks for itself again every second; goes on to the review when done."""
    speech = _visible(request, pk)
    if speech.state == Speech.State.DONE:
        return HttpResponseClientRedirect(speech.get_absolute_url())
    return render(request, "speeches/_progress.html", _progress(speech))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the details right. A changed meeting date leaves the choice to extract again."""
    speech = _for_officer(request, pk)
    form = DetailsForm(request.POST or None, instance=speech)
    if request.method == "POST" and form.is_valid():
        # Only these: a worker may be writing the other fields of the row right now.
        speech.save(update_fields=form.changed_data)
        messages.success(request, "已保存。")
        return redirect("speeches:edit", pk) if speech.date_has_moved else redirect(speech)
    status = 422 if request.method == "POST" else 200
    return render(request, "speeches/edit.html", {"form": form, "speech": speech}, status=status)


@require_POST
def requeue(request: HttpRequest, pk: int) -> HttpResponse:
    """重试 and 重新提取. Pressed twice, it runs once."""
    speech = _for_officer(request, pk)
    intake.retry(speech)
    return redirect(speech)


def _person(request: HttpRequest) -> Person:
    """The person signed in; LoginRequiredMiddleware has seen to it that there is one."""
    assert isinstance(request.user, Person)
    return request.user


def _officer(request: HttpRequest) -> Person:
    user = _person(request)
    if not user.is_officer:
        raise PermissionDenied
    return user


def _visible(request: HttpRequest, pk: int) -> Speech:
    return get_object_or_404(Speech.objects.visible_to(_person(request)), pk=pk)


def _for_officer(request: HttpRequest, pk: int) -> Speech:
    speech = _visible(request, pk)
    _officer(request)
    return speech


def _progress(speech: Speech) -> dict[str, object]:
    retry_may_help = speech.error_code in RETRY_MAY_HELP
    return {"speech": speech, "stages": stages(speech), "retry_may_help": retry_may_help}


def _already_here(speech: Speech) -> str:
    day = timezone.localtime(speech.uploaded_at)
    who = f"由{speech.uploaded_by}" if speech.uploaded_by else ""
    return f"这份文稿已于{day.month}月{day.day}日{who}上传过，没有重复保存，已为您打开。"
