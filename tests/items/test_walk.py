"""The walk of the matrix: every action on every kind of item by every role, through its address, as `MATRIX` says.

The standing of each role to each kind of item is written out here, so that `standings` is checked as well.
"""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.files import attach
from tracker.items.models import ActionItem, ExtensionRequest
from tracker.items.parts import give_part
from tracker.items.permissions import MATRIX, Standing
from tracker.items.states import MOVES, Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
O, P, C, L, A, S, N = Standing  # noqa: E741 (as in the matrix)
KINDS = ("own", "part", "supporting", "charge", "foreign")
# What each role is to the item its department leads, has a part of, supports; to one of a department in its charge; to another.
STANDINGS = {
    "officer": (O, O, O, O, O),
    "admin": (O, O, O, O, O),
    "principal": (P, P, P, P, P),
    "leader": (N, N, N, C, N),
    "liaison": (L, A, S, N, N),
    "nobody": (N, N, N, N, N),
}
LET_IN, KEPT_OUT = {200, 302, 422}, {403, 404}
FORMS = {
    "edit": ("edit", {"title": "改题", "version": "1", "feedback_cycle": "once"}),
    "report": ("report", {"progress": "已开工"}),
    "attach": ("attach", {"papers": "file"}),
    "split": ("split", {"department": "1", "title": "一步"}),
    "ask_extension": ("ask", {"wanted": "2026-12-01", "reason": "降雨", "done": "主体"}),
    "instruct": ("instruct", {"text": "请抓紧"}),
    "discard": ("discard", {"reason": "重复"}),
}
ON_ITS_OWN = {"see", "see_draft", "part", "review_extension", "decide_extension", "chase"}


@pytest.fixture
def people(department, liaison, leader, officer, principal, administrator):
    """`leader` has another department in charge than the one `liaison` reports for."""
    department.leader = None
    department.save()
    return {
        "officer": officer, "admin": administrator, "principal": principal, "leader": leader, "liaison": liaison,
        "nobody": PersonFactory(),
    }  # fmt: skip


@pytest.fixture
def items(people, department, officer, settings):
    led = DepartmentFactory(name="分管科", leader=people["leader"])
    rows = {
        "own": ActionItemFactory(lead=department),
        "part": ActionItemFactory(),
        "supporting": ActionItemFactory(supporting=[department]),
        "charge": ActionItemFactory(lead=led),
        "foreign": ActionItemFactory(),
    }
    for name, item in rows.items():
        mine = department if name == "part" else DepartmentFactory()
        give_part(item=item, department=mine, by=officer, title="一步")
        attach(item=item, by=officer, files=[ContentFile(b"x", name="a.txt")])
        ExtensionRequest.objects.create(
            item=item, due_then=item.due, wanted=date(2026, 12, 1), reason="降雨", done="主体"
        )
    return rows


def addresses(action: str, item: ActionItem):
    """(address, form or None for a GET) of everything that is this action."""
    if action in ("see", "see_draft"):
        files = [(reverse("items:attachment", args=[row.pk]), None) for row in item.attachments.all()]
        return [(item.get_absolute_url(), None), *files]
    if action in MOVES:
        return [(reverse("items:move", args=[item.pk, action]), {"reason": "原因"})]
    if action == "chase":
        return [(reverse("notices:chase") + f"?item={item.pk}", None)]
    if action == "part":
        part = item.parts_given.get()
        return [
            (reverse("items:part-act", args=[part.pk, name]), {"text": "好"})
            for name in ("sign", "refuse", "finish")
        ]
    asked = item.extension_requests.get()
    if action in ("review_extension", "decide_extension"):
        name = action.partition("_")[0]
        return [(reverse(f"items:extension-{name}", args=[asked.pk]), {"review": "属实", "verdict": "grant"})]
    name, form = FORMS[action]
    more = {
        "report": [(reverse("items:no-change", args=[item.pk]), {})],
        "ask_extension": [(reverse("items:extension-recall", args=[asked.pk]), {})],
        "split": [(reverse("items:part-act", args=[item.parts_given.get().pk, "drop"]), {})],
        "discard": [(reverse("items:restore", args=[item.pk]), {})],
    }
    return [(reverse(f"items:{name}", args=[item.pk]), form), *more.get(action, [])]


def answer(client, url, form):
    """The status code, with everything undone afterwards."""
    with transaction.atomic():
        if form is None:
            code = client.get(url).status_code
        else:
            data = {
                key: SimpleUploadedFile("a.txt", b"y") if value == "file" else value
                for key, value in form.items()
            }
            code = client.post(url, data).status_code
        transaction.set_rollback(True)
    return code


@pytest.mark.parametrize("action", MATRIX)
def test_an_action_is_let_in_and_kept_out_as_the_matrix_says(action, items, people):
    if action == "see_draft":
        ActionItem.objects.update(status=Status.DRAFT)
    wrong = []
    for role, standings in STANDINGS.items():
        client = Client()
        client.force_login(people[role])
        for kind, standing in zip(KINDS, standings, strict=True):
            wanted = LET_IN if standing in MATRIX[action][1] else KEPT_OUT
            for url, form in addresses(action, items[kind]):
                code = answer(client, url, form)
                if code not in wanted:
                    wrong.append((role, kind, url, code))
    assert wrong == []


@pytest.mark.parametrize("role", ["liaison", "leader", "nobody"])
def test_what_is_not_theirs_does_not_exist_for_them(role, items, people):
    client = Client()
    client.force_login(people[role])
    for kind, standing in zip(KINDS, STANDINGS[role], strict=True):
        if standing is N:
            assert client.get(items[kind].get_absolute_url()).status_code == 404
            for action in ("sign", "report", "attach", "split", "ask_extension", "part", "decide_extension"):
                assert {answer(client, *pair) for pair in addresses(action, items[kind])} == {404}
