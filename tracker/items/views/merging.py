"""单位合并: choose, look at what would move, confirm. For administrators."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tracker.items.access import person
from tracker.items.merging import Moving, merge
from tracker.org.models import Department
from tracker.org.views.access import administrators_only


class MergeForm(forms.Form):
    """The department that takes over."""

    into = forms.ModelChoiceField(
        Department.objects.none(), label="并入", empty_label="选择单位", error_messages={"required": "请选择并入的单位。"},
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip

    def __init__(self, *args: object, source: Department, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["into"].queryset = Department.objects.active().exclude(pk=source.pk)  # type: ignore[attr-defined]


@administrators_only
def merge_department(request: HttpRequest, pk: int) -> HttpResponse:
    """GET with `into` shows what would move, POST does it."""
    source = get_object_or_404(Department, pk=pk)
    form = MergeForm(request.POST or request.GET or None, source=source)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if request.method == "POST" and into:
        moved = merge(source=source, into=into, by=person(request))
        messages.success(request, f"{source.name}已并入{into.name}，{moved}件在办事项已改派。")
        return redirect("org:departments")
    context = {
        "source": source,
        "into": into,
        "form": form,
        "moving": Moving.of(source),
        "tab": "departments",
    }
    return render(request, "items/merge.html", context, status=422 if request.method == "POST" else 200)
