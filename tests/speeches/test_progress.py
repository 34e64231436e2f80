"""The speech's page until it is extracted, its details, 重试."""

from datetime import date

import pytest

from speeches.models import Speech
from speeches.progress import stages
from tests.factories import SpeechFactory


def make(state: str, **fields) -> Speech:
    lease = {"lease_until": "2026-04-15T10:00+08:00"} if state == "working" else {}
    return SpeechFactory(state=state, **{**lease, **fields})


FAILED = {"error_message": "文件已损坏。", "error_advice": "请另存一份后再上传。"}


@pytest.mark.parametrize(
    ("state", "stage", "expected"),
    [
        ("queued", "", ["next", "next", "next", "next", "next"]),
        ("working", "read", ["now", "next", "next", "next", "next"]),
        ("working", "extract", ["done", "done", "done", "now", "next"]),
        ("failed", "clean", ["done", "failed", "never", "never", "never"]),
        ("done", "", ["done", "done", "done", "done", "done"]),
    ],
)
def test_a_row_per_stage(state, stage, expected):
    rows = stages(Speech(state=state, stage=stage))
    assert [row.label for row in rows] == ["读取", "清理", "断句", "提取", "保存"]
    assert [row.state for row in rows] == expected


@pytest.mark.parametrize(
    ("state", "asks_again", "says"),
    [("queued", True, "已保存，待处理"), ("working", True, "正在提取"), ("failed", False, "文件已损坏。")],
)
def test_it_asks_for_itself_every_second_until_finished(as_officer, state, asks_again, says):
    speech = make(state, **FAILED if state == "failed" else {})
    for url in (f"/speeches/{speech.pk}/", f"/speeches/{speech.pk}/progress/"):
        page = as_officer.get(url).content.decode()
        assert ('hx-trigger="every 1s"' in page) is asks_again
        assert says in page


def test_what_a_stage_found_is_shown(as_officer):
    speech = make("working", stage="split", progress={"read": "12,466 字节", "clean": "正文 4,120 字"})
    assert "正文 4,120 字" in as_officer.get(f"/speeches/{speech.pk}/progress/").content.decode()


def test_when_done_the_browser_goes_on_to_the_review(as_officer):
    speech = make("done")
    page = as_officer.get(f"/speeches/{speech.pk}/progress/", headers={"hx-request": "true"})
    assert page["HX-Redirect"] == f"/speeches/{speech.pk}/"


def test_retry_queues_a_failed_speech_once(as_officer):
    speech = make("failed", **FAILED)
    for _ in range(2):
        assert as_officer.post(f"/speeches/{speech.pk}/requeue/").url == f"/speeches/{speech.pk}/"
    speech.refresh_from_db()
    assert speech.state == "queued"


def test_retry_is_a_post(as_officer):
    assert as_officer.get(f"/speeches/{make('done').pk}/requeue/").status_code == 405


@pytest.mark.parametrize(
    ("who", "page", "action"), [("liaison", 404, 404), ("principal", 200, 403), ("leader", 200, 403)]
)
def test_others_read_at_most(client, db, request, who, page, action):
    speech = make("failed", **FAILED)
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/speeches/{speech.pk}/").status_code == page
    assert client.get(f"/speeches/{speech.pk}/progress/").status_code == page
    assert client.post(f"/speeches/{speech.pk}/requeue/").status_code == action
    assert client.get(f"/speeches/{speech.pk}/edit/").status_code == action


def test_readers_see_no_buttons(client, principal):
    client.force_login(principal)
    page = client.get(f"/speeches/{make('failed', **FAILED).pk}/").content.decode()
    assert "重试" not in page


def details(**changes) -> dict[str, str]:
    plain = {
        "title": "校舍讲话",
        "speaker": "秦望舒",
        "meeting": "",
        "held_on": "2026-04-10",
        "kind": "speech",
    }
    return {**plain, **changes}


def test_details_are_put_right(as_officer):
    speech = make("done", counted_from=date(2026, 4, 10))
    page = as_officer.post(f"/speeches/{speech.pk}/edit/", details(meeting="推进会"))
    speech.refresh_from_db()
    assert page.url == f"/speeches/{speech.pk}/"
    assert (speech.title, speech.meeting) == ("校舍讲话", "推进会")


def test_saving_details_does_not_touch_the_workers_fields(as_officer, monkeypatch):
    speech = make("queued")
    real = Speech.save

    def meanwhile(self, **kwargs):
        Speech.objects.filter(pk=speech.pk).update(state="done")
        real(self, **kwargs)

    monkeypatch.setattr(Speech, "save", meanwhile)
    as_officer.post(f"/speeches/{speech.pk}/edit/", details())
    speech.refresh_from_db()
    assert (speech.state, speech.title) == ("done", "校舍讲话")


def test_a_changed_meeting_date_offers_to_extract_again(as_officer):
    speech = make("done", counted_from=date(2026, 4, 10))
    page = as_officer.post(f"/speeches/{speech.pk}/edit/", details(held_on="2026-04-12"), follow=True)
    assert "重新提取" in page.content.decode()
    assert "2026年4月10日" in page.content.decode()


def test_without_a_meeting_date_the_page_says_what_deadlines_count_from(as_officer, wednesday):
    speech = make("done", held_on=None, counted_from=date(2026, 4, 15))
    assert "暂按上传日 2026年4月15日 推算" in as_officer.get(f"/speeches/{speech.pk}/edit/").content.decode()


def test_a_date_that_is_no_date_is_refused(as_officer):
    speech = make("done")
    page = as_officer.post(f"/speeches/{speech.pk}/edit/", details(held_on="明天吧"))
    assert page.status_code == 422
    assert "“明天吧”不是有效日期" in page.content.decode()
