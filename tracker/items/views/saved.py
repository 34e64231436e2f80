"""Saved views and the choice of columns: each is one small form on the ledger."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tracker.items.access import person
from tracker.items.columns import COLUMNS, write_columns
from tracker.items.listing import Listing
from tracker.items.models import LedgerChoice, SavedView
from tracker.org.models import Person


class ViewForm(forms.ModelForm[SavedView]):
    """The name of a view, and who may use it."""

    class Meta:
        model = SavedView
        fields = ("name", "shared")


def _listing(request: HttpRequest) -> Listing:
    return Listing(person(request), QueryDict(request.POST.get("state", "")))


def _told(request: HttpRequest, form: forms.BaseForm) -> None:
    messages.error(request, "视图没有保存：" + " ".join(str(e) for es in form.errors.values() for e in es))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep this place under a name; one's own view of the same name is replaced."""
    listing = _listing(request)
    user, form = listing.user, ViewForm(request.POST)
    if not form.is_valid():
        _told(request, form)
        return redirect(listing.url)
    shared = form.cleaned_data["shared"] and user.is_officer
    kept = {"state": listing.saveable_state, "columns": ",".join(listing.columns), "shared": shared}
    view, new = SavedView.objects.update_or_create(owner=user, name=form.cleaned_data["name"], defaults=kept)
    if "opens" in request.POST:
        _choose(user, opens_with=view)
    messages.success(request, f"{'已保存' if new else '已更新'}视图“{view.name}”。")
    return redirect(view.url)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, delete a view, or open the ledger with it."""
    listing, action = _listing(request), request.POST.get("action", "")
    user = listing.user
    view = get_object_or_404(SavedView.objects.usable_by(user), pk=pk)
    if action in ("open", "stop-opening"):
        _choose(user, opens_with=view if action == "open" else None)
        messages.success(
            request, f"打开台账时{'先显示' if action == 'open' else '不再先显示'}“{view.name}”。"
        )
    elif action == "delete":
        _must_look_after(view, user)
        view.delete()
        messages.success(request, f"已删除视图“{view.name}”。")
        return redirect(listing.path + f"?{listing.saveable_state}")
    elif action == "rename":
        _must_look_after(view, user)
        _rename(request, view)
    return redirect(listing.url)


def _rename(request: HttpRequest, view: SavedView) -> None:
    form = ViewForm(request.POST, instance=view)
    taken = SavedView.objects.filter(owner=view.owner, name=request.POST.get("name", "").strip())
    if form.is_valid() and taken.exclude(pk=view.pk).exists():
        form.add_error("name", "已有同名的视图。")
    if not form.is_valid():
        return _told(request, form)
    shared = form.cleaned_data["shared"] and view.owner.is_officer
    SavedView.objects.filter(pk=view.pk).update(name=form.cleaned_data["name"], shared=shared)
    messages.success(request, f"视图“{form.cleaned_data['name']}”已保存。")
    return None


def _must_look_after(view: SavedView, user: Person) -> None:
    """Its owner, or an administrator where it is everybody's."""
    if view.owner_id != user.pk and not (view.shared and user.is_administrator):
        raise PermissionDenied


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Which columns, in which order: kept on one's own view that is open, else for the person."""
    listing = _listing(request)
    chosen = "" if "reset" in request.POST else _chosen(request)
    view = listing.saved
    if view and view.owner_id == listing.user.pk:
        SavedView.objects.filter(pk=view.pk).update(columns=chosen)
    else:
        _choose(listing.user, columns=chosen)
    if view and view.owner_id != listing.user.pk:  # somebody else's view has columns of its own: leave it
        return redirect(f"{listing.path}?{listing.state_with(saved=None, department=None)}")
    return redirect(listing.url)


def _chosen(request: HttpRequest) -> str:
    """The ticked columns by their numbers; equal numbers keep the order of the page."""
    ticked = [key for key in request.POST.getlist("column") if key in COLUMNS]
    return write_columns(sorted(ticked, key=lambda key: _place(request.POST.get(f"at-{key}", ""))))


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 9999


def _choose(user: Person, **values: Any) -> None:
    LedgerChoice.objects.update_or_create(person=user, defaults=values)
