"""The row is the job: claim, refuse, store with the numbers, expire, make again."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from docx import Document as WordDocument

from tests.documents.conftest import content
from tests.documents.words import docx_rows, docx_text, sheet_rows, xml_of
from tests.factories import ActionItemFactory, DepartmentFactory, MeetingFactory
from tracker.documents import doorbell, jobs, making
from tracker.documents.kinds import FORMS
from tracker.documents.models import Document, DocumentNumber
from tracker.items.models import ActionItem, ExtensionRequest, NumberSeries
from tracker.meetings.models import MeetingLedger
from tracker.meetings.rulings import close_meeting, record_ruling


def test_a_notice_is_numbered_in_the_offices_series(ledger, make):
    document = make("notice", source="items", items=[ledger["late"].pk, ledger["soon"].pk])
    assert [number.text for number in document.numbers.all()] == [
        "云教督办〔2026〕1号",
        "云教督办〔2026〕2号",
    ]
    text = docx_text(content(document))
    assert "云教督办〔2026〕1号" in text
    assert "根据《在工作例会上的讲话》（秦望舒，2026年3月2日）要求" in text


def test_each_department_gets_its_own_file(ledger, make):
    document = make(
        "notice", source="items", items=[ledger["late"].pk, ledger["soon"].pk], options={"layout": "zip"}
    )
    with zipfile.ZipFile(BytesIO(content(document))) as archive:
        files = {name: docx_text(archive.read(name)) for name in archive.namelist()}
    assert [name[:2] for name in files] == ["01", "02"]
    assert sorted(text.count("号") > 0 and "\ue000" not in text for text in files.values()) == [True, True]
    assert any("完成校车排查" in text and "印发实施方案" not in text for text in files.values())


def test_a_chase_says_how_late_and_which_time(ledger, make, officer):
    ledger["late"].record("chased", by=officer)
    ledger["late"].record("chased", by=officer)
    text = docx_text(content(make("chase", source="open", options={"order_by": "2026-04-20"})))
    assert "已超期5个工作日" in text
    assert "现作第2次催办，请于2026年4月20日前办结" in text


def test_a_paper_numbered_elsewhere_gets_no_second_number(ledger, make):
    options = {"number": "〔2026〕8号", "colour": "黄"}
    document = make("card", source="items", items=[ledger["late"].pk], options=options)
    assert "云教督黄〔2026〕8号" in docx_text(content(document))
    assert not document.numbers.exists()


def test_an_application_filed_in_the_product_fills_its_form(ledger, make, liaison, department):
    ExtensionRequest.objects.create(
        item=ledger["soon"], department=department, by=liaison, due_then=date(2026, 4, 17), wanted=date(2026, 5, 8),
        reason="评审专家改期。", done="初稿已成。",
    )  # fmt: skip
    text = docx_text(
        content(make("extension", source="items", items=[ledger["soon"].pk], options={"reason": "旧原因"}))
    )
    assert "评审专家改期。" in text
    assert "2026年5月8日" in text
    assert "旧原因" not in text


def test_what_does_not_belong_on_the_form_is_said(ledger, make):
    document = make("notice", source="items", items=[ledger["late"].pk, ledger["done"].pk])
    assert document.snapshot["facts"] == {"chosen": 2, "left_out": 1}


def test_the_next_card_names_the_one_before(ledger, make):
    make("card", source="items", items=[ledger["late"].pk], options={"colour": "蓝"})
    text = docx_text(
        content(make("card", source="items", items=[ledger["late"].pk], options={"colour": "黄"}))
    )
    assert "云教督查〔2026〕1号" in text
    assert "黄色督查单" in text


def test_bulletin_and_annex_are_of_one_snapshot(ledger, make):
    document = make("bulletin", source="speech", speech=7)
    assert "共督办事项4件。其中，已办结1件，占25%" in docx_text(content(document))
    with document.annex.open("rb") as file:
        rows = sheet_rows(file.read(), "汇总表")
    assert len([row for row in rows if isinstance(row[0], int)]) == 4
    assert any("各状态合计与总数一致（4件）" in line for line in document.agreed)


def test_figures_that_disagree_leave_no_file_and_no_number(ledger, make, monkeypatch):
    real = making.revive

    def tampered(form, data):
        data["figures"]["open"] += 1
        return real(form, data)

    monkeypatch.setattr(making, "revive", tampered)
    document = make("bulletin", source="speech", speech=7)
    assert (document.state, document.error_code, bool(document.file)) == ("failed", "disagree", False)
    assert "已办结、办理中、中止合计与总数不符（5≠4）" in document.error_message
    assert not NumberSeries.objects.filter(kind="doc-bulletin").exists()


def test_a_failure_while_storing_leaves_no_gap(ledger, make, monkeypatch):
    real = Document.finish
    monkeypatch.setattr(Document, "finish", lambda self, **fields: 1 / 0)
    failed = make("bulletin", source="speech", speech=7)
    monkeypatch.setattr(Document, "finish", real)
    document = make("bulletin", source="speech", speech=7)
    assert failed.error_code == "unexpected"
    assert [number.text for number in document.numbers.all()] == ["第1期"]
    assert not default_storage.exists(f"documents/{failed.pk}/1-file.docx")


def test_made_again_it_keeps_its_number_and_its_figures(ledger, make, officer):
    document = make("bulletin", source="speech", speech=7)
    before = docx_text(content(document))
    ledger["late"].move("close", by=officer)
    document.requeue(fresh=True)
    assert jobs.produce(document.pk) == "done"
    document.refresh_from_db()
    assert docx_text(content(document)) == before
    assert DocumentNumber.objects.count() == 1


def test_without_a_number_it_is_made_from_the_ledger_as_it_is(ledger, make, officer):
    document = make("summary", source="speech", speech=7)
    ledger["late"].move("close", by=officer)
    document.requeue(fresh=True)
    jobs.produce(document.pk)
    rows = sheet_rows(content(Document.objects.get()), "汇总表")
    assert any("已办结2件" in str(row[0]) for row in rows)


def test_a_long_one_waits_for_a_worker(ledger, make, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(doorbell, "send", lambda pk, expires=None: sent.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        document = make("summary", source="open", size=31)
    assert (document.state, sent) == ("queued", [document.pk])


def test_the_sweep_finds_what_nobody_heard(ledger, make, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "send", lambda pk, expires=None: sent.append(pk))
    monkeypatch.setattr(jobs, "ring", lambda pk: None)
    document = make("summary", source="open", size=31)
    with time_machine.travel(timezone.now() + timedelta(seconds=6), tick=False):
        assert (jobs.sweep(), sent) == (1, [document.pk])
    assert jobs.produce(document.pk) == "done"


def test_of_two_workers_one_makes_it(ledger, make, monkeypatch):
    monkeypatch.setattr(jobs, "ring", lambda pk: None)
    document = make("summary", source="open", size=31)
    assert document.claim(lease=jobs.LEASE)
    assert jobs.produce(document.pk) == "not free"


def test_a_worker_that_lost_its_claim_stores_nothing(ledger, make, monkeypatch):
    real = making.make

    def overtaken(*args, **kwargs):
        Document.objects.update(attempt=9)
        return real(*args, **kwargs)

    monkeypatch.setattr(making, "make", overtaken)
    document = make("bulletin", source="speech", speech=7)
    assert (document.state, bool(document.file), DocumentNumber.objects.count()) == ("working", False, 0)


def test_a_document_that_kills_its_workers_is_given_up(ledger, make, monkeypatch):
    monkeypatch.setattr(jobs, "ring", lambda pk: None)
    document = make("summary", source="open", size=31)
    Document.objects.update(interruptions=3)
    jobs.produce(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error_message) == ("failed", "生成时多次意外中断。")


def test_the_file_goes_after_its_time_and_the_rest_stays(ledger, make):
    document = make("bulletin", source="speech", speech=7)
    path, annex = document.file.name, document.annex.name
    with time_machine.travel(document.expires_at + timedelta(minutes=1), tick=False):
        assert jobs.clear_expired() == 1
    document.refresh_from_db()
    assert not default_storage.exists(path)
    assert not default_storage.exists(annex)
    assert (document.is_available, document.numbers.count(), document.snapshot["figures"]["total"]) == (
        False,
        1,
        4,
    )


def test_minutes_come_from_the_frozen_snapshot(ledger, make, officer):
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    record_ruling(meeting=meeting, item=ledger["late"], kind="continue", text="月底前完成", by=officer)
    refused = make("minutes", source="meeting", meeting=meeting.pk)
    close_meeting(meeting=meeting, by=officer)
    ledger["late"].move("close", by=officer)
    text = docx_text(content(make("minutes", source="meeting", meeting=meeting.pk)))
    assert refused.error_message == "会议纪要须在例会定稿后生成。"
    assert "会议明确：继续办理。月底前完成。" in text
    assert "超期1件" in text


def test_the_report_of_a_live_meeting_adds_up(ledger, make):
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    text = docx_text(content(make("report", source="meeting", meeting=meeting.pk)))
    assert "现在办3件，其中超期1件" in text
    assert "无办结事项" not in text or "办结1件" in text


def report_of(make, meeting):
    return content(make("report", source="meeting", meeting=meeting.pk))


def test_the_report_annexes_the_whole_ledger_of_its_snapshot(
    ledger, make, officer, department, other_department
):
    DepartmentFactory(name="督导室")
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    close_meeting(meeting=meeting, by=officer)
    ledger["soon"].move("close", by=officer)  # what happens later is not in it
    made = report_of(make, meeting)
    head, *rows = docx_rows(made, len(WordDocument(BytesIO(made)).tables) - 1)
    assert head[0] == "序号"
    assert [row[0] for row in rows] == [str(at) for at in range(1, 6)]
    assert {row[2]: row[8] for row in rows}["印发实施方案"] == "办理中"
    assert [row[3] for row in rows] == [*["基础教育科"] * 4, "计划财务科"]
    note = "共5件：在办3件，上次例会以来办结1件、中止1件。按单位顺序排列。无事项的单位：督导室。"
    assert note in docx_text(made)
    assert 'w:orient="landscape"' in xml_of(made)


def test_lines_to_write_on_stay_empty_in_the_draft_and_are_left_out_of_the_final_report(
    ledger, make, officer
):
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    draft = docx_text(report_of(make, meeting)).splitlines()
    assert {"拟请会议明确：　", "会议意见：　"} <= set(draft)
    ruled = ActionItemFactory(due=date(2026, 4, 9))
    record_ruling(meeting=meeting, item=ruled, kind="continue", text="月底前完成", by=officer)
    close_meeting(meeting=meeting, by=officer)
    final = docx_text(report_of(make, meeting)).splitlines()
    assert [line for line in final if line.startswith(("拟请", "会议意见"))] == [
        "会议意见：继续办理。月底前完成。"
    ]


def test_a_meeting_closed_before_ledgers_were_frozen_says_so(ledger, make, officer):
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    close_meeting(meeting=meeting, by=officer)
    MeetingLedger.objects.all().delete()
    assert "本次例会定稿时尚未冻结台账，不附。" in docx_text(report_of(make, meeting))


def test_the_ledger_is_the_ledgers_own_sheet(ledger, make):
    rows = sheet_rows(content(make("ledger", source="open")), "督办台账")
    assert "共 3 件" in rows[1][0]


@pytest.mark.parametrize("kind", ["breakdown-xlsx", "summary"])
def test_a_cell_is_never_a_formula(ledger, make, kind):
    item = ledger["late"]
    item.title = "=HYPERLINK(1)"
    item.save()
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content(make(kind, source="speech", speech=7))))
    cells = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_the_breakdown_sheet_merges_its_categories(ledger, make):
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(content(make("breakdown-xlsx", source="speech", speech=7)))).active
    assert any(
        area.min_col == area.max_col == 2 and area.size["rows"] == 4 for area in sheet.merged_cells.ranges
    )
    assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind not in ("report", "minutes")])
def test_every_form_is_made(ledger, make, kind):
    items = {"reminder": "soon"}.get(kind, "late")
    source = {"source": "items", "items": [ledger[items].pk]}
    document = make(kind, **source)
    assert (document.state, document.error_message) == ("done", "")
    assert document.file_name.endswith(f".{FORMS[kind].extension}")


def test_a_person_named_to_lead_is_no_unit_in_any_paper(ledger, make, officer):
    ActionItem.objects.filter(pk=ledger["late"].pk).update(lead=None, lead_text="方晓岚同志")
    words = "未明确（原文：方晓岚同志）"
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    report = docx_text(report_of(make, meeting))
    assert f"牵头单位{words}，编号" in report
    assert words in docx_text(content(make("breakdown", source="speech", speech=7)))
    assert words in [row[5] for row in sheet_rows(content(make("summary", source="open")), "汇总表")]
    bulletin = docx_text(content(make("bulletin", source="open")))
    assert words in bulletin
    assert f"{words}要逐件说明" not in bulletin
