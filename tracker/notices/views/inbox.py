"""One's own messages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from tracker.items.access import person
from tracker.items.models import ActionItem
from tracker.notices.forms import OwnMailForm
from tracker.notices.models import Channel, Message

PAGE = 30


@require_safe
def inbox(request: HttpRequest, form: OwnMailForm | None = None) -> HttpResponse:
    """消息: the latest first; what is new stands out."""
    user = person(request)
    mine = Message.objects.of(user).select_related("item")
    only_new = request.GET.get("show") == "unread"
    page = Paginator(mine.unread() if only_new else mine, PAGE).get_page(request.GET.get("page"))
    pks = [message.item_id for message in page if message.item_id]
    context = {
        "page": page,
        "only_new": only_new,
        "unread": mine.unread().count(),
        "visible": set(ActionItem.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)),
        "today": timezone.localdate(),
        "mail": form or OwnMailForm(instance=user),
        "has_mail": Channel.objects.usable().filter(kind=Channel.Kind.EMAIL).exists(),
    }
    return render(request, "notices/inbox.html", context, status=422 if form else 200)


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """The small count in the page head, loaded after the page."""
    count = Message.objects.of(person(request)).unread().count()
    response = render(request, "notices/_unread.html", {"count": count})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go to its item when that was asked for."""
    message = get_object_or_404(Message.objects.of(person(request)).select_related("item"), pk=pk)
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=now())
    if request.POST.get("open") and message.item:
        return redirect(message.item)
    if request.POST.get("open") and message.kind == Message.Kind.DIGEST:
        return redirect("desk:home")
    return redirect("notices:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    Message.objects.of(person(request)).unread().update(read_at=now())
    return redirect("notices:inbox")


@require_POST
def own_mail(request: HttpRequest) -> HttpResponse:
    """The address notices go to; blank for none."""
    user = person(request)
    form = OwnMailForm(request.POST, instance=user)
    if not form.is_valid():
        request.method = "GET"  # the page itself, with what was typed
        return inbox(request, form)
    form.save()
    messages.success(request, "邮箱已保存。" if user.email else "已改为只在系统内收消息。")
    return redirect("notices:inbox")
