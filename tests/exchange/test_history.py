"""The history as Excel: every event, every field old → new."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import ActionItemFactory
from tracker.exchange import jobs
from tracker.exchange.models import ExportJob
from tracker.items.workflow import make_move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def lines(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).active.iter_rows(min_row=3, values_only=True))


@pytest.fixture
def item(officer, department):
    item = ActionItemFactory(lead=department, due=date(2026, 4, 30))
    item.edit({"due": date(2026, 5, 8), "level": "重点"}, by=officer, text="=局务会意见")
    make_move(item=item, name="hold", by=officer, reason="等文件")
    return item


def test_every_change_has_its_line_in_words(as_officer, item):
    told = [row[3:] for row in lines(as_officer.get(f"/exchange/history/{item.pk}/").content)]
    assert told == [
        ("修改", "林督查", "=局务会意见", "现时限", "2026年4月30日", "2026年5月8日"),
        (None, None, None, "任务级别", "（空）", "重点"),
        ("挂起", "林督查", "等文件", "状态", "办理中", "挂起"),
    ]


def test_an_outsider_does_not_learn_that_it_exists(client, outsider, item):
    client.force_login(outsider)
    assert client.get(f"/exchange/history/{item.pk}/").status_code == 404


def test_the_history_of_a_list_is_made_by_a_worker(as_officer, item):
    as_officer.post("/exchange/export/", {"state": "view=open", "what": "history"})
    job = ExportJob.objects.get()
    jobs.run_export(job.pk)
    job.refresh_from_db()
    assert job.file_name == "办理过程（在办）20260415.xlsx"
    assert len(lines(job.file.read())) == 3
