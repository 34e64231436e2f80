"""The snapshot has the ledger's own figures."""

from datetime import date

import pytest

from tests.factories import ActionItemFactory, DepartmentFactory
from tracker.documents import agreement
from tracker.documents.contexts.common import annex_rows
from tracker.documents.contexts.slips import slip
from tracker.documents.figures import Snapshot
from tracker.documents.models import Document
from tracker.documents.refusals import NothingToPrint
from tracker.documents.taking import take
from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.org.models import DepartmentGroup


def taken(kind="summary", **parameters) -> Snapshot:
    return take(Document(kind=kind, parameters=parameters))


def test_figures_are_the_querysets_own(ledger):
    figures, now = taken(source="speech", speech=7).figures, Reckoning.now()
    issued = ActionItem.objects.exclude(status="draft")
    assert figures.overdue == issued.overdue(now).count() == 1
    assert figures.due_soon == issued.due_soon(now).count() == 1
    assert figures.silent == issued.without_feedback(now).count()
    assert (figures.total, figures.closed, figures.open, figures.withdrawn) == (4, 1, 2, 1)


def test_drafts_are_nobody_elses_matter_yet(ledger):
    assert "起草管理办法" not in [line.title for line in taken(source="speech", speech=7).lines]
    assert "起草管理办法" in [line.title for line in taken("breakdown", source="speech", speech=7).lines]


def test_departments_without_items_are_listed_with_zero(ledger):
    DepartmentFactory(name="督导室")
    groups = {group.name: group.figures.total for group in taken(source="open").departments}
    assert groups["督导室"] == 0


def test_a_notice_of_what_groups_share_is_addressed_to_them_once(ledger):
    shared, nobodys = ActionItemFactory(lead=None, title="自查校车"), ActionItemFactory(lead=None)
    shared.groups.set([DepartmentGroup.objects.create(name=name) for name in ("各学校", "各幼儿园")])
    snapshot = taken("notice", source="items", items=[shared.pk, nobodys.pk])
    assert [line.title for line in snapshot.lines] == ["自查校车"]
    context = slip(snapshot, snapshot.lines[0], kind="notice", number="1号", options={})
    assert context["牵头单位"] == shared.unit_words
    assert "现将下列事项交由你们分别办理" in context["正文"]


def test_an_item_that_a_group_shares_has_the_groups_line(ledger):
    item = ActionItemFactory(lead=None)
    item.groups.set([DepartmentGroup.objects.create(name="各学校")])
    snapshot = taken(source="items", items=[item.pk, ledger["late"].pk])
    assert {group.name: group.figures.total for group in snapshot.departments if group.figures.total} == {
        "基础教育科": 1, "各学校": 1,
    }  # fmt: skip
    assert "各学校" in [row["牵头单位"] for row in annex_rows(snapshot)]
    assert agreement.check(snapshot)


@pytest.mark.parametrize(("kind", "titles"), [("chase", ["完成校车排查"]), ("reminder", ["印发实施方案"])])
def test_a_slip_is_only_about_what_it_is_for(ledger, kind, titles):
    assert [line.title for line in taken(kind, source="open").lines] == titles


def test_a_paper_that_was_numbered_is_printed_whatever_became_of_the_item(ledger):
    done = ledger["done"]
    assert taken("chase", source="items", items=[done.pk], options={"number": "〔2026〕3号"}).lines


def test_nothing_to_print_says_why(ledger):
    with pytest.raises(NothingToPrint, match="没有超期事项"):
        taken("chase", source="items", items=[ledger["soon"].pk])


def test_a_period_counts_by_the_day_of_issue(ledger):
    ActionItemFactory(issued_on=date(2026, 4, 1))
    found = taken(source="period", since="2026-03-31", until="2026-04-02")
    assert (len(found.lines), found.scope) == (1, "2026年3月31日至2026年4月2日交办的事项")


def test_a_snapshot_survives_json(ledger):
    found = taken(source="speech", speech=7)
    assert Snapshot.revive(found.plain()) == found


@pytest.mark.parametrize("more", [2, 20])
def test_the_number_of_queries_does_not_grow(ledger, django_assert_max_num_queries, more, department):
    ActionItemFactory.create_batch(more, lead=department)
    with django_assert_max_num_queries(12):
        taken(source="open")
