"""分办: splitting an item, and what a department does with its part."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tracker.items.access import get_item, person, require
from tracker.items.models import ActionItem, Part
from tracker.items.parts import PartRefused, give_part, move_part, sign_part
from tracker.items.request_forms import PartDateForm, PartForm
from tracker.items.states import MoveRefused
from tracker.items.views.detail import again, here
from tracker.org.models import Person

# What is done with a part: (what it is called, the action of the matrix, whether it needs words).
_ACTS = {
    "sign": ("签收", "part", False),
    "refuse": ("退回", "part", True),
    "finish": ("记为完成", "part", True),
    "drop": ("撤销", "split", False),
}


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one step to a department."""
    item, user = get_item(request, pk), person(request)
    require("split", item, user)
    form = PartForm(item, request.POST)
    if not form.is_valid():
        return again(request, pk, step=form)
    try:
        part = give_part(item=item, by=user, **form.cleaned_data)
    except PartRefused as refusal:
        form.add_error(None, str(refusal))
        return again(request, pk, step=form)
    messages.success(request, f"{item.number} 已分办{part.department}。")
    return here(request, item)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """签收, 退回, 完成 of a part by its department; 撤销 and another date by who gave it."""
    part = get_object_or_404(Part.objects.select_related("department"), pk=pk)
    item, user = get_item(request, part.item_id), person(request)
    if name == "date":
        return _set_date(request, item, part, user)
    if name not in _ACTS:
        raise PermissionDenied
    label, action, needs_words = _ACTS[name]
    require(action, item, user)
    _must_be_theirs(part, action, user)
    text = request.POST.get("text", "").strip()[:2000]
    if needs_words and not text:
        messages.error(
            request, f"{part.department}：{'请写明完成情况' if name == 'finish' else '退回需要写明原因'}。"
        )
        return here(request, item)
    try:
        _do(part, name, user, text)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{item.number} {part.department}的分办已{label}。")
    if not ActionItem.objects.visible_to(user).filter(pk=item.pk).exists():
        return redirect("items:mine")
    return here(request, item)


def _set_date(request: HttpRequest, item: ActionItem, part: Part, user: Person) -> HttpResponse:
    """调整分办时限 by who gave it."""
    require("split", item, user)
    form = PartDateForm(request.POST)
    if form.is_valid():
        try:
            moved = move_part(
                part=part, due=form.cleaned_data["due"], by=user, reason=form.cleaned_data["text"]
            )
        except PartRefused as refusal:
            form.add_error(None, f"{part.department}：{refusal}")
        except MoveRefused as refusal:  # somebody was faster: its line may be gone, and the form with it
            messages.error(request, f"{part.department}：{refusal}")
            return here(request, item)
    if form.errors:
        return again(request, item.pk, moving={"part": part.pk, "form": form})
    messages.success(
        request, f"{item.number} {part.department}的分办时限{'已调整' if moved else '没有变化'}。"
    )
    return here(request, item)


def _must_be_theirs(part: Part, action: str, user: Person) -> None:
    """A department acts on its own part only; an officer on any."""
    if action == "part" and not user.is_officer and part.department not in user.liaison_departments:
        raise PermissionDenied


def _do(part: Part, name: str, user: Person, text: str) -> None:
    match name:
        case "sign":
            sign_part(part=part, by=user)
        case "refuse":
            part.refuse(by=user, reason=text)
        case "finish":
            part.finish(by=user, note=text)
        case _:
            part.drop(by=user, reason=text)
