"""延期申请: asked for, reviewed, decided, taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from tracker.items.access import get_item, person, reporting_department, require
from tracker.items.extensions import (
    ExtensionImpossible,
    ask_extension,
    decide_extension,
    recall_extension,
    review_extension,
    why_no_extension,
)
from tracker.items.models import ActionItem, ExtensionRequest
from tracker.items.reckoning import Reckoning
from tracker.items.request_forms import DecisionForm, ExtensionForm
from tracker.items.views.detail import again, here


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """申请延期, as the form of documents.md §3.4 asks."""
    item, user = get_item(request, pk), person(request)
    require("ask_extension", item, user)
    form = ExtensionForm(request.POST, auto_id=False)
    if not form.is_valid():
        return again(request, pk, ask=form)
    try:
        ask_extension(item=item, by=user, department=reporting_department(item, user), **form.cleaned_data)
    except ExtensionImpossible as refusal:
        if (
            why_no_extension(item, Reckoning.now())
            or item.extension_requests.filter(state="pending").exists()
        ):
            messages.error(request, str(refusal))  # there is no form any more to write it on
            return here(request, item)
        form.add_error(None, str(refusal))
        return again(request, pk, ask=form)
    messages.success(request, f"{item.number} 延期申请已提交，等待批复。")
    return here(request, item)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """批复."""
    asked, item = _asked(request, pk)
    require("decide_extension", item, person(request))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return again(request, item.pk, decision=form)
    data = form.cleaned_data
    granted = data["verdict"] == "grant"
    try:
        decide_extension(
            request=asked, by=person(request), granted=granted, until=data["until"], answer=data["answer"]
        )
    except ExtensionImpossible as refusal:
        form.add_error(None, str(refusal))
        return again(request, item.pk, decision=form)
    messages.success(request, f"{item.number} {'已批准延期' if granted else '未同意延期'}。")
    return here(request, item)


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """督查员初审."""
    asked, item = _asked(request, pk)
    require("review_extension", item, person(request))
    opinion = request.POST.get("review", "").strip()[:300]
    if not opinion:
        messages.error(request, "请填写初审意见。")
        return here(request, item)
    return _do(
        request, item, lambda: review_extension(request=asked, by=person(request), opinion=opinion), "初审意见已记录。"
    )  # fmt: skip


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回申请."""
    asked, item = _asked(request, pk)
    require("ask_extension", item, person(request))
    return _do(request, item, lambda: recall_extension(request=asked, by=person(request)), "延期申请已撤回。")


def _asked(request: HttpRequest, pk: int) -> tuple[ExtensionRequest, ActionItem]:
    asked = get_object_or_404(ExtensionRequest, pk=pk)
    item = get_item(request, asked.item_id)
    asked.item = item
    return asked, item


def _do(request: HttpRequest, item: ActionItem, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except ExtensionImpossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{item.number} {said}")
    return here(request, item)
