"""The administrator's pages: hours, channels, the ladder."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.items.access import person
from tracker.notices.chasing import steps
from tracker.notices.delivering import resend, send_test
from tracker.notices.forms import AutomaticForm, NoticeForm, StepForm, form_for, whereto
from tracker.notices.models import Channel, Delivery, NoticeSettings, Step
from tracker.org.views.access import administrators_only

MOST_SHOWN = 50
StepFormSet = forms.modelformset_factory(Step, form=StepForm, extra=0)


@administrators_only
def settings(request: HttpRequest) -> HttpResponse:
    """When people are told."""
    form = NoticeForm(request.POST or None, instance=NoticeSettings.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "通知设置已保存。")
        return redirect("notices:settings")
    context = {"form": form, "part": "hours"}
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@administrators_only
def ladder(request: HttpRequest) -> HttpResponse:
    """The steps from 提醒单 to the last 督查单, and whether they act by themselves."""
    steps()
    data = request.POST or None
    forms_ = StepFormSet(data, queryset=Step.objects.all())
    automatic = AutomaticForm(data, instance=NoticeSettings.current())
    if request.method == "POST" and forms_.is_valid() and automatic.is_valid():
        with transaction.atomic():
            forms_.save()
            automatic.save()
        messages.success(request, "催办步骤已保存，从下一个工作日起按此执行。")
        return redirect("notices:ladder")
    context = {"forms": forms_, "automatic": automatic, "part": "ladder"}
    return render(request, "notices/ladder.html", context, status=422 if forms_.is_bound else 200)


@administrators_only
def channels(request: HttpRequest) -> HttpResponse:
    """The ways out, with what they last said, and what did not get out."""
    lost = Delivery.objects.filter(state=Delivery.State.FAILED).select_related("message__person", "channel")
    waiting = Delivery.objects.filter(state=Delivery.State.QUEUED)
    rows = Channel.objects.select_related("department")
    context = {
        "channels": [(row, whereto(row)) for row in rows],
        "lost": lost.order_by("-done_at", "-pk")[:MOST_SHOWN],
        "lost_count": lost.count(),
        "waiting_count": waiting.count(),
        "kinds": Channel.Kind.choices,
        "part": "channels",
    }
    return render(request, "notices/channels.html", context)


@administrators_only
def channel(request: HttpRequest, pk: int | None = None, kind: str = "") -> HttpResponse:
    """Add or change a channel."""
    row = get_object_or_404(Channel, pk=pk) if pk else Channel(kind=kind)
    if row.kind not in Channel.Kind.values:
        raise Http404
    form = form_for(row.kind)(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _saved(form):
        messages.success(request, f"{row}已保存。可发送测试，确认能收到。")
        return redirect("notices:channels")
    context: dict[str, Any] = {
        "form": form,
        "channel": row if pk else None,
        "title": f"修改{row.name}" if pk else f"新增{row.get_kind_display()}",
        "part": "channels",
    }
    return render(request, "notices/channel.html", context, status=422 if form.errors else 200)


def _saved(form: Any) -> bool:
    """Save; a mended channel may try again at once. False when somebody was faster with the same."""
    try:
        with transaction.atomic():
            row = form.save()
            Channel.objects.filter(pk=row.pk).update(paused_until=None)
    except IntegrityError:
        form.add_error(None, "刚刚已有人保存了同样的渠道，请刷新后再试。")
        return False
    return True


@administrators_only
@require_POST
def channel_test(request: HttpRequest, pk: int) -> HttpResponse:
    """发送测试: one post now."""
    row, user = get_object_or_404(Channel, pk=pk), person(request)
    if not row.is_robot and not user.email:
        messages.error(request, "测试邮件发到您自己的邮箱：请先在“消息”页填写接收通知的邮箱。")
    elif error := send_test(row, to=user.email):
        messages.error(request, f"{row}：测试未成功。{error}。")
    else:
        where = user.email if not row.is_robot else "群里"
        messages.success(request, f"{row}：测试已发出，请到{where}查看。")
    return redirect("notices:channels")


@administrators_only
@require_POST
def channel_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a channel with what waits on it. Gone already is fine."""
    Channel.objects.filter(pk=pk).delete()
    return redirect("notices:channels")


@administrators_only
@require_POST
def delivery_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a failed one again."""
    delivery = get_object_or_404(Delivery, pk=pk)
    if resend(delivery):
        messages.success(request, "已重新排队，将在发送时段内发出。")
    return redirect(reverse("notices:channels"))
