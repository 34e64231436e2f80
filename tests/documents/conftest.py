"""A small office with a ledger: one item of every sort."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory
from tracker.documents import jobs
from tracker.documents.kinds import FORMS
from tracker.items.models import Quote
from tracker.items.states import ClosingKind, Status
from tracker.org.models import Office


@pytest.fixture
def office(db):
    return Office.objects.create(pk=1, name="云岭区教育局", short_name="云岭区教育局", number_prefix="云教督")


@pytest.fixture
def ledger(wednesday, office, department, other_department, leader):
    """late, soon, done, dropped, and a draft; wednesday is 2026-04-15."""
    items = {
        "late": ActionItemFactory(title="完成校车排查", lead=department, due=date(2026, 4, 8), leader=leader),
        "soon": ActionItemFactory(title="印发实施方案", lead=other_department, due=date(2026, 4, 17)),
        "done": ActionItemFactory(
            title="上报工作总结", lead=department, status=Status.CLOSED, closed_on=date(2026, 4, 1), closing_kind=ClosingKind.ON_TIME,
        ),
        "dropped": ActionItemFactory(title="召开座谈会", lead=department, status=Status.WITHDRAWN),
        "draft": ActionItemFactory(title="起草管理办法", lead=department, status=Status.DRAFT, issued_on=None),
    }  # fmt: skip
    for place, item in enumerate(items.values()):
        Quote.objects.create(
            item=item, text=f"各科室要抓紧{item.title}。", section="一、工作安排 › （一）近期工作", speech_ref=7, start=place * 100,
            speech_title="在工作例会上的讲话", speaker="秦望舒", said_on=date(2026, 3, 2),
        )  # fmt: skip
    return items


@pytest.fixture
def make(officer):
    """make("notice", source="items", items=[...], options={...}): a document, made at once."""

    def made(kind, by=None, size=0, **parameters):
        parameters.setdefault("options", {})
        return jobs.request_document(form=FORMS[kind], parameters=parameters, by=by or officer, size=size)

    return made


def content(document) -> bytes:
    with document.file.open("rb") as file:
        return file.read()
