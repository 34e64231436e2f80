"""搜讲话."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from speeches.models import Speech
from speeches.phrases import LONGEST
from speeches.search import Show, SpeechSearch, Wish, speakers, telling_words
from speeches.views.answer import person
from tracker.items.dayfield import DayField
from tracker.items.reckoning import Reckoning
from tracker.org.models import Department, Person

_SPEECHES_A_PAGE = 10
_PASSAGES_A_SPEECH = 5
_ITEMS_A_PAGE = 50
_KEYS = ("q", "speaker", "since", "until", "tasks", "whole", "speech", "show", "page")


class SearchForm(forms.Form):
    """What is looked for, and in which speeches. `speech` narrows to one."""

    q = forms.CharField(label="词语", required=False, max_length=LONGEST)
    speaker = forms.ChoiceField(label="讲话人", required=False)
    since = DayField(label="讲话日期自", required=False)
    until = DayField(label="讲话日期至", required=False)
    tasks = forms.BooleanField(label="只看任务", required=False)
    whole = forms.BooleanField(label="只看连用", required=False)
    speech = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, user: Person) -> None:
        super().__init__(data)
        names = speakers(user)
        self.fields["speaker"].choices = [("", "讲话人：全部"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": "如 校车安全，或 食堂 检查"}
        for name, placeholder in (("since", "日期自"), ("until", "日期至")):
            self.fields[name].widget.attrs["placeholder"] = placeholder
        for name in ("q", "speaker", "since", "until"):
            widget = self.fields[name].widget
            kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
            widget.attrs |= {"class": f"{kind} f-{name}", "aria-label": str(self.fields[name].label)}

    @property
    def wish(self) -> Wish:
        """What was asked; nothing is found while something is mistyped."""
        said = self.cleaned_data if self.is_valid() else {}
        return Wish(
            words=said.get("q", ""),
            speaker=said.get("speaker", ""),
            since=said.get("since"),
            until=said.get("until"),
            tasks=said.get("tasks", False),
            whole=said.get("whole", False),
            speech=said.get("speech"),
        )


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """For those who read speeches. `?like=` is a sentence or title: its telling words are looked for."""
    user = person(request)
    if not (user.sees_everything or user.is_leader):
        raise PermissionDenied
    if like := request.GET.get("like", "").replace("\0", "").strip()[:200]:
        names = Department.objects.values_list("name", flat=True)
        query = urlencode({"q": telling_words(like, names=names)})
        return redirect(f"{reverse('speeches:search')}?{query}")
    form, now = SearchForm(request.GET, user=user), Reckoning.now()
    found = SpeechSearch(form.wish, user=user, now=now)
    show = request.GET.get("show", "")
    show = show if show in Show.values else Show.SPEECHES.value
    context = {
        "form": form,
        "found": found,
        "words": form.data.get("q", "").strip(),
        "show": show,
        "shown": Show(show),
        "now": now,
        "state": _state(request),
        "partly": not user.sees_everything,
        **_list(request, found, Show(show)),
    }
    return render(request, "speeches/search.html", context)


def _list(request: HttpRequest, found: SpeechSearch, show: Show) -> dict[str, Any]:
    """One page of the chosen list."""
    wanted = request.GET.get("page", 1)
    if show != Show.SPEECHES:
        return {"page": Paginator(found.lists[show], _ITEMS_A_PAGE).get_page(wanted)}
    page = Paginator(found.mentions, _SPEECHES_A_PAGE).get_page(wanted)
    most = None if found.wish.speech else _PASSAGES_A_SPEECH
    rows = [
        (mention, mention.passages[:most], len(mention.passages[most:]) if most else 0) for mention in page
    ]
    return {"page": page, "rows": rows, "speech": _named(found)}


def _named(found: SpeechSearch) -> Speech | None:
    return found.mentions[0].speech if found.wish.speech and found.mentions else None


def _state(request: HttpRequest) -> dict[str, str]:
    """The parts of the address that links change one of."""
    return {key: request.GET[key] for key in _KEYS if request.GET.get(key)}
