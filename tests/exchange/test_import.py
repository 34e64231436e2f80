"""Importing a 台账: found, checked without a trace, written with one, refused rows given back with reasons."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from tests.factories import ActionItemFactory
from tracker.exchange import jobs
from tracker.exchange.models import ImportJob
from tracker.items.export import ledger_workbook
from tracker.items.feedback import report_progress
from tracker.items.models import ActionItem
from tracker.items.reckoning import Reckoning
from tracker.items.states import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
HEAD = [
    "序号",
    "编号",
    "督办事项",
    "牵头单位",
    "配合单位",
    "完成时限",
    "状态",
    "办结日期",
    "最新进展",
    "备注",
]


def sheet(*rows, head=HEAD, before=("某区教育局督办台账",)) -> bytes:
    book = Workbook()
    for line in before:
        book.active.append([line])
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(client, data: bytes, name="台账.xlsx") -> ImportJob:
    answer = client.post("/exchange/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportJob.objects.latest("pk")


def check(client, job: ImportJob) -> ImportJob:
    """Match the columns as proposed and let the worker check."""
    data = {f"c{heading['place']}": heading["guess"] for heading in job.table["headings"]}
    client.post(job.get_absolute_url(), data)
    jobs.run_import(job.pk)
    job.refresh_from_db()
    return job


def write(client, job: ImportJob) -> ImportJob:
    for _ in range(2):  # a second press changes nothing
        client.post(f"{job.get_absolute_url()}write/")
        jobs.run_import(job.pk)
    job.refresh_from_db()
    return job


def test_a_ledger_from_paper_comes_in_as_it_was(as_officer, department):
    data = sheet(
        [
            1,
            "〔2026〕31号",
            "修缮校舍",
            "基础教育科",
            "",
            date(2026, 3, 20),
            "已办结",
            date(2026, 3, 25),
            "已验收",
            "",
        ],
        [2, "", "清查校车", "基础教育科", "不存在的科", "2026-05-01", "办理中", "", "查到一半", ""],
        [3, "", "编制预案", "没有这个科", "", "", "", "", "", "=1+1"],
    )
    job = check(as_officer, upload(as_officer, data))
    assert (job.counts, ActionItem.objects.count()) == ({"new": 3}, 0)
    job = write(as_officer, job)
    closed, running, draft = (
        ActionItem.objects.order_by("title")
        .filter(title__in=["修缮校舍", "清查校车", "编制预案"])
        .order_by("pk")
    )
    assert (closed.number, closed.status, closed.closing_kind) == ("〔2026〕31号", Status.CLOSED, "late")
    assert (running.number, running.status, running.supporting_text) == (
        "〔2026〕32号",
        Status.IN_PROGRESS,
        "不存在的科",
    )
    assert (draft.status, draft.lead, draft.lead_text) == (Status.DRAFT, None, "没有这个科")
    assert running.feedbacks.get().progress == "查到一半"
    assert [event.text for event in draft.events.all()] == ["由 Excel 导入"]


def test_the_same_sheet_twice_changes_nothing(as_officer, department):
    data = sheet([1, "", "清查校车", "基础教育科", "", "2026-05-01", "办理中", "", "", ""])
    write(as_officer, check(as_officer, upload(as_officer, data)))
    job = check(as_officer, upload(as_officer, data))
    assert job.counts == {"same": 1}


def test_a_name_that_was_exported_as_nobody_comes_back_as_the_name_alone(as_officer):
    data = sheet([1, "", "编制预案", "未明确（原文：方晓岚同志）", "", "", "", "", "", ""])
    write(as_officer, check(as_officer, upload(as_officer, data)))
    item = ActionItem.objects.get()
    assert (item.lead_text, item.unit_words) == ("方晓岚同志", "未明确（原文：方晓岚同志）")


def test_a_bad_row_is_given_back_with_its_reason_and_the_good_ones_go_in(as_officer, department):
    data = sheet(
        [1, "", "", "基础教育科", "", "", "", "", "", ""],
        [2, "第七号", "甲", "基础教育科", "", "", "", "", "", ""],
        [3, "", "乙", "基础教育科", "", "", "", "随后", "", "=cmd"],
        [4, "", "丙", "基础教育科", "", "", "已办结", "", "", ""],
        [5, "", "丁", "基础教育科", "", "", "", "", "", ""],
    )
    job = write(as_officer, check(as_officer, upload(as_officer, data)))
    assert job.counts == {"refused": 4, "new": 1}
    answer = as_officer.get(f"/exchange/import/{job.pk}/refused/")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == [
        "原因", "没有写督办事项", "编号“第七号”不合规，应如〔2026〕12号", "“随后”不是日期，请写成 2026-04-20", "已办结的事项须写办结日期",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "due", "phrase"),
    [
        ("12月底前", date(2026, 12, 31), ""),
        ("2027年2月", date(2027, 2, 28), ""),
        ("尽快", None, "尽快"),
        ("长期", None, "长期"),
    ],
)
def test_a_time_limit_in_words_is_reckoned_or_left_blank_with_its_words(
    as_officer, department, written, due, phrase
):
    data = sheet([1, "", "清查校车", "基础教育科", "", written, "", "", "", ""])
    write(as_officer, check(as_officer, upload(as_officer, data)))
    item = ActionItem.objects.get()
    assert (item.due, item.due_phrase) == (due, phrase)


def round_trip(items) -> tuple[bytes, dict[str, int]]:
    """The ledger's own export of `items`, and {heading: column}."""
    rows = ActionItem.objects.filter(pk__in=[item.pk for item in items]).with_light(Reckoning.now())
    data = ledger_workbook(
        items=rows.with_latest_feedback().for_rows(), now=Reckoning.now(), office_name="某局", scope="全部"
    )
    heads = next(load_workbook(BytesIO(data)).worksheets[0].iter_rows(min_row=3, max_row=3, values_only=True))
    return data, {head: place for place, head in enumerate(heads, start=1)}


def filled(data: bytes, **cells) -> bytes:
    """The workbook with cells of its first row typed over."""
    book = load_workbook(BytesIO(data))
    heads = {cell.value: cell.column for cell in book.worksheets[0][3]}
    for head, value in cells.items():
        book.worksheets[0].cell(row=4, column=heads[head]).value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_was_exported_comes_back_unchanged(as_officer, officer, department, other_department):
    items = [
        ActionItemFactory(lead=department, supporting=[other_department], leader=officer) for _ in range(3)
    ]
    report_progress(item=items[0], by=officer, department=department, progress="=已完成", percent=40)
    job = check(as_officer, upload(as_officer, round_trip(items)[0]))
    assert job.counts == {"same": 3}


def test_a_department_that_never_logs_in_reports_by_the_sheet(as_officer, officer, department):
    item = ActionItemFactory(lead=department)
    data = filled(round_trip([item])[0], 最新进展="已检测30所", 完成率="40%", 下一步="5月底完成")
    job = write(as_officer, check(as_officer, upload(as_officer, data)))
    said = item.feedbacks.get()
    assert (said.progress, said.percent, said.next_step, said.department, said.author) == (
        "已检测30所", 40, "5月底完成", department, officer,
    )  # fmt: skip
    assert job.counts == {"change": 1}


def test_a_sheet_from_before_a_change_does_not_undo_it(as_officer, officer, department):
    item = ActionItemFactory(lead=department, due=date(2026, 4, 30))
    data = round_trip([item])[0]
    item.edit({"due": date(2026, 5, 29)}, by=officer)
    job = check(as_officer, upload(as_officer, data))
    assert job.samples["refused"][0]["reasons"] == ["导出以后该事项已在系统内改动，请重新导出再填"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"not a workbook", "不是 Excel 工作簿", id="text"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版", id="xls"),
        pytest.param(sheet(["a", "b"], head=["甲", "乙"]), "没有找到台账的表头", id="no-headings"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_words(as_officer, data, why):
    answer = as_officer.post("/exchange/import/", {"file": SimpleUploadedFile("台账.xlsx", data)})
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_table_with_headings_of_its_own_goes_on_to_the_choice_of_columns(as_officer):
    data = sheet([1, "核查学籍", "基教科", "12月底"], head=["序", "干什么", "谁来干", "何时干完"])
    answer = as_officer.post(
        "/exchange/import/", {"file": SimpleUploadedFile("台账.xlsx", data)}, follow=True
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert all(words in page for words in ("对应列", "干什么", "核查学籍"))


def test_a_worker_that_dies_in_the_middle_is_taken_over_without_a_double(as_officer, department, monkeypatch):
    monkeypatch.setattr("tracker.exchange.planning.BATCH", 2)
    data = sheet(*([n, "", f"事项{n}", "基础教育科", "", "", "", "", "", ""] for n in range(5)))
    job = check(as_officer, upload(as_officer, data))
    as_officer.post(f"{job.get_absolute_url()}write/")
    real, calls = jobs.write, []

    def dies(batch, by):
        calls.append(batch)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(batch, by=by)

    monkeypatch.setattr(jobs, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.run_import(job.pk)
    monkeypatch.setattr(jobs, "write", real)
    ImportJob.objects.filter(pk=job.pk).update(lease_until="2026-01-01T00:00Z")
    jobs.run_import(job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts, ActionItem.objects.count()) == ("done", {"new": 5}, 5)


def test_a_large_export_is_made_by_a_worker_for_its_owner_only(
    as_officer, client, officer, outsider, department
):
    item = ActionItemFactory(lead=department)
    as_officer.post("/exchange/export/", {"state": "view=open"})
    job = jobs.ExportJob.objects.get()
    jobs.run_export(job.pk)
    answer = as_officer.get(f"/exchange/export/{job.pk}/file/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert book.worksheets[0].cell(row=4, column=2).value == item.number
    assert "filename*=utf-8''%E7%9D%A3%E5%8A%9E" in answer["Content-Disposition"]
    client.force_login(outsider)
    assert client.get(f"/exchange/export/{job.pk}/file/").status_code == 404
