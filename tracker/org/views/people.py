"""People, their roles and passwords."""

from typing import Any

from axes.utils import reset as unlock
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tracker.org import directory, forms
from tracker.org.models import Person
from tracker.org.views.access import administrators_only, form_page, one


class PasswordChange(SuccessMessageMixin[Any], PasswordChangeView):
    """One's own password; afterwards the first screen says so."""

    success_url = "/"
    success_message = "密码已修改。"

    def form_valid(self, form: Any) -> HttpResponse:
        """From now on only its owner knows it."""
        response = super().form_valid(form)
        Person.objects.filter(username=self.request.user.get_username()).update(must_change_password=False)
        return response


@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with their roles, found by name or login name."""
    words = request.GET.get("q", "").strip()
    rows = Person.objects.prefetch_related("memberships__department").order_by("-is_active", "pk")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return render(request, "org/people.html", {"people": rows, "q": words, "tab": "people"})


@administrators_only
def person(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a person. A new one gets a first password, shown once."""
    row = one(Person, pk)
    form = forms.PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                saved = form.save()
                data = form.cleaned_data
                directory.set_roles(saved, roles=data["roles"], departments=data["departments"])
                password = directory.give_password(saved) if row is None else ""
        except directory.LastAdministrator as error:
            form.add_error(None, str(error))
        else:
            return _saved_person(request, saved, password)
    return form_page(request, form, title=f"修改{row}" if row else "新增人员", back="people", person=row)


def _saved_person(request: HttpRequest, saved: Person, password: str) -> HttpResponse:
    if password:
        return _show_password(request, saved, password)
    messages.success(request, f"{saved}已保存。")
    return redirect("org:people")


@administrators_only
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new password to somebody who forgot theirs."""
    row = get_object_or_404(Person, pk=pk)
    unlock(username=row.username)  # the page of a locked account says that this helps
    return _show_password(request, row, directory.give_password(row))


def _show_password(request: HttpRequest, row: Person, secret: str) -> HttpResponse:
    """Straight on the page: a message would put it into a cookie."""
    response = render(request, "org/password.html", {"person": row, "password": secret, "tab": "people"})
    response["Cache-Control"] = "no-store"
    return response
