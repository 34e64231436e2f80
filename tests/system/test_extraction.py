"""Upload to candidates through real processes, and what happens when one of them dies."""

import re
import signal

import pytest

from tests.speeches.texts import SHORT, long_text
from tests.system.conftest import LEASE_SECONDS, Browser, System, wait_for

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def browser(system: System) -> Browser:
    return system.sign_in()


def upload(browser: Browser, text: str, name: str = "讲话.txt") -> tuple[int, str]:
    """The new speech's id and the page that followed."""
    url, page = browser.post("/speeches/upload/", {}, file=(name, text.encode()))
    match = re.search(r"/speeches/(\d+)/$", url)
    assert match, page[:2000]
    return int(match[1]), page


def is_done(system: System, pk: int, *, seconds: float = 20) -> None:
    """Wait until the speech is extracted."""
    wait_for(lambda: system.state(pk) in ("done", "failed"), seconds=seconds)
    assert system.state(pk) == "done", system.rows("SELECT error_code FROM speeches_speech WHERE id = ?", pk)


def spans(system: System, pk: int) -> list[tuple[int, int]]:
    return [
        (a, b) for a, b in system.rows("SELECT start, end FROM speeches_candidate WHERE speech_id = ?", pk)
    ]


def test_an_uploaded_speech_becomes_candidates_by_the_doorbell_alone(system, browser):
    system.send("beat", signal.SIGSTOP)  # no sweep comes to help
    try:
        pk, _ = upload(browser, SHORT)
        is_done(system, pk)
    finally:
        system.send("beat", signal.SIGCONT)
    assert spans(system, pk)
    assert "校舍安全排查" in browser.get(f"/speeches/{pk}/")


def test_a_worker_killed_in_the_middle_loses_nothing(system, browser):
    pk, _ = upload(browser, long_text(400))
    wait_for(lambda: system.state(pk) == "working", every=0.005)
    system.stop("worker", signal.SIGKILL)
    assert system.state(pk) == "working"
    assert spans(system, pk) == []
    system.start_worker()
    is_done(system, pk, seconds=LEASE_SECONDS + 20)
    [(attempt,)] = system.rows("SELECT attempt FROM speeches_speech WHERE id = ?", pk)
    found = spans(system, pk)
    assert attempt == 2
    assert len(found) == len(set(found)) > 400


def test_a_worker_that_was_frozen_finds_its_claim_gone(system, browser):
    pk, _ = upload(browser, long_text(350))
    wait_for(lambda: system.state(pk) == "working", every=0.005)
    system.send("worker", signal.SIGSTOP)
    system.start_worker("second")
    is_done(system, pk, seconds=LEASE_SECONDS + 20)
    before = spans(system, pk)
    system.send("worker", signal.SIGCONT)
    wait_for(lambda: f"speech {pk}: another worker took over" in system.log("worker"))
    assert spans(system, pk) == before
    assert system.rows("SELECT state, attempt FROM speeches_speech WHERE id = ?", pk) == [("done", 2)]
    system.stop("second")


def test_an_upload_while_the_embedded_server_is_down_is_saved_and_done_later(system, browser):
    system.stop("server")
    pk, page = upload(browser, SHORT.replace("青禾区", "白鹭区"))  # the browser gives up after 15 s
    assert "已保存，待处理" in page
    assert system.state(pk) == "queued"
    system.start_server()
    is_done(system, pk, seconds=25)
