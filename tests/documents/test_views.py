"""The pages: ask, wait, download, make again."""

import pytest
from django.urls import reverse

from tests.documents.words import docx_text
from tests.factories import ActionItemFactory
from tracker.documents import jobs
from tracker.documents.models import Document


def post(client, kind, **data):
    return client.post(reverse("documents:new"), {"kind": kind, **data})


def file_of(client, document) -> bytes:
    return b"".join(client.get(reverse("documents:file", args=[document.pk])).streaming_content)


def test_a_notice_is_asked_for_by_number_and_downloaded(as_officer, ledger):
    number = ledger["late"].number
    response = post(
        as_officer, "notice", source="items", numbers=f"{number}、{ledger['soon'].number_seq}", layout="one"
    )
    document = Document.objects.get()
    assert (response.status_code, response.url) == (302, document.get_absolute_url())
    assert "完成校车排查" in docx_text(file_of(as_officer, document))
    assert document.parameters["items"] == [ledger["late"].pk, ledger["soon"].pk]


def test_the_file_has_its_chinese_name(as_officer, ledger, make):
    document = make("summary", source="open")
    response = as_officer.get(reverse("documents:file", args=[document.pk]))
    assert "filename*=utf-8''%E8%90%BD%E5%AE%9E" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("data", "said", "field"),
    [
        ({"source": "items", "numbers": "999号"}, "没有找到999号事项", "numbers"),
        ({"source": "items", "numbers": "第几号"}, "看不懂编号", "numbers"),
        ({"source": "items"}, "请填写事项编号", "numbers"),
        ({"source": "speech"}, "请选择讲话", "speech"),
    ],
    ids=["absent", "unreadable", "none", "speech"],
)
def test_what_is_missing_is_said_once_at_the_field_with_a_way_there(as_officer, ledger, data, said, field):
    response = post(as_officer, "notice", **data)
    page = response.content.decode()
    assert (response.status_code, page.count(said)) == (422, 1)
    assert f'href="#id_{field}"' in page
    assert said in page.partition(f'id="id_{field}_error"')[2]


def test_a_period_must_run_forward(as_officer, ledger):
    response = post(as_officer, "summary", source="period", since="2026-04-02", to="2026-04-01")
    assert "止日期早于起日期" in response.content.decode()


def test_a_selection_of_the_ledger_is_handed_on(as_officer, ledger):
    picked = [f"{item.pk}-1" for item in (ledger["late"], ledger["soon"])]
    page = as_officer.post(reverse("documents:pick"), {"ids": picked}).content.decode()
    items = f"{ledger['late'].pk},{ledger['soon'].pk}"
    assert "已选 2 件事项" in page
    assert f'value="{items}"' in page
    form = post(as_officer, "notice", items=items, step="ask").content.decode()
    assert "完成校车排查" in form
    post(as_officer, "notice", items=items, source="items")
    assert Document.objects.get().numbers.count() == 2


def test_the_whole_filtered_list_can_be_picked(as_officer, ledger):
    page = as_officer.post(reverse("documents:pick"), {"all": "1", "state": "view=overdue"}).content.decode()
    assert "已选 1 件事项" in page


def test_nothing_picked_goes_back(as_officer, ledger):
    assert as_officer.post(reverse("documents:pick"), {}).url == reverse("items:ledger")


def test_links_fill_the_form(as_officer, ledger):
    query = f"kind=card&items={ledger['late'].pk}&colour=黄&number=〔2026〕3号&order_by=2026-04-20"
    page = as_officer.get(f"{reverse('documents:new')}?{query}").content.decode()
    assert 'value="〔2026〕3号"' in page
    assert 'value="2026-04-20"' in page
    assert '<option value="黄" selected>' in page


def test_a_speech_link_makes_the_table(as_officer, ledger):
    page = as_officer.get(reverse("documents:new"), {"kind": "breakdown", "speech": "7"}).content.decode()
    assert '<option value="7" selected>在工作例会上的讲话' in page
    post(as_officer, "breakdown", source="speech", speech="7")
    assert Document.objects.get().title == "秦望舒同志《在工作例会上的讲话》任务分解表"


def test_a_department_fills_in_its_own_application_only(as_liaison, ledger, outsider):
    own = post(
        as_liaison,
        "extension",
        source="items",
        items=str(ledger["late"].pk),
        until="2026-05-01",
        reason="流标",
    )
    other = post(as_liaison, "extension", source="items", items=str(ledger["soon"].pk))
    assert (own.status_code, other.status_code) == (302, 422)
    assert "2026年5月1日" in docx_text(file_of(as_liaison, Document.objects.get()))
    assert post(as_liaison, "notice", source="items", items=str(ledger["late"].pk)).status_code == 403


def test_what_another_asked_for_is_not_found(client, ledger, make, outsider):
    client.force_login(outsider)
    document = make("summary", source="open")
    assert client.get(document.get_absolute_url()).status_code == 404


def test_the_page_waits_and_then_offers_the_file(as_officer, ledger, make, monkeypatch):
    monkeypatch.setattr(jobs, "ring", lambda pk: None)
    document = make("summary", source="open", size=31)
    waiting = as_officer.get(reverse("documents:progress", args=[document.pk])).content.decode()
    jobs.produce(document.pk)
    done = as_officer.get(reverse("documents:progress", args=[document.pk])).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert "hx-trigger" not in done
    assert "下载" in done
    assert "各状态合计与总数一致" in done


def test_a_refusal_stands_on_the_page(as_officer, ledger):
    post(as_officer, "chase", source="items", items=str(ledger["soon"].pk))
    page = as_officer.get(Document.objects.get().get_absolute_url()).content.decode()
    assert "没有超期事项，不需要催办" in page


def test_pressing_again_twice_is_harmless(as_officer, ledger, make):
    document = make("notice", source="items", items=[ledger["late"].pk])
    for _ in range(2):
        assert as_officer.post(reverse("documents:again", args=[document.pk])).status_code == 302
    document.refresh_from_db()
    assert (document.state, document.numbers.count(), document.attempt) == ("done", 1, 3)


def test_an_expired_file_is_gone_but_can_be_made_again(as_officer, ledger, make):
    document = make("notice", source="items", items=[ledger["late"].pk])
    Document.objects.update(expires_at="2020-01-01T00:00:00Z")
    jobs.clear_expired()
    assert as_officer.get(reverse("documents:file", args=[document.pk])).status_code == 404
    as_officer.post(reverse("documents:again", args=[document.pk]))
    assert "云教督办〔2026〕1号" in docx_text(file_of(as_officer, document))


@pytest.mark.parametrize("rows", [2, 18])
def test_the_list_asks_a_fixed_number_of_queries(
    as_officer, ledger, make, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make("notice", source="items", items=[ledger["late"].pk])
    with django_assert_max_num_queries(12):
        as_officer.get(reverse("documents:list"))


def test_an_item_of_many_departments_is_numbered_in_office_order(as_officer, ledger, office):
    items = ActionItemFactory.create_batch(3)
    post(as_officer, "notice", source="items", items=",".join(str(item.pk) for item in reversed(items)))
    given = Document.objects.get().numbers.values_list("item_id", flat=True)
    assert list(given) == [item.pk for item in sorted(items, key=lambda item: item.lead.position)]
