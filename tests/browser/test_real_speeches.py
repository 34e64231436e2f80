"""Every real speech of ../shared goes through the page: uploaded, extracted by the worker, shown for review."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_main_flow import EXTRACTION_MS, OFFICER
from tests.conftest import SHARED

SPEECHES = sorted(SHARED.glob("speeches/*.txt"))
pytestmark = pytest.mark.skipif(not SPEECHES, reason="../shared is not on this machine")


@pytest.fixture
def review(context):
    """Uploads a file and gives the review page of it."""
    page = sign_in(context, OFFICER)

    def upload(path):
        page.goto("/speeches/upload/")
        page.set_input_files("#id_file", str(path))
        page.get_by_role("button", name="上传并提取").click()
        expect(page.locator("#cards")).to_be_visible(timeout=EXTRACTION_MS)
        return page

    return upload


@pytest.mark.parametrize("path", SPEECHES, ids=lambda path: path.stem)
def test_a_real_speech_is_extracted_and_shown_for_review(review, path):
    page = review(path)
    # One of them is a review with no tasks at all: then the page says so instead of showing nothing.
    assert page.locator("#cards article").count() or page.get_by_text("未提取到任务").count()
    assert page.locator("#speech .prose p").count() > 5


def test_two_speeches_in_one_file_are_numbered_anew(review):
    page = review(SHARED / "speeches" / "seed4_district_education_two_speeches.txt")
    assert page.locator("#cards h2.rvpart").count() == 2
    numbers = page.locator(
        "#cards article .no, #cards article header b"
    ).all_text_contents()  # cards out of sight are not rendered
    assert numbers.count("1") == 2
