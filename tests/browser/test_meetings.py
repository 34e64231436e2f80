"""例会, 投影 and 设置 in a real browser: keys, sizes of screens, and the pages test_pages.py does not open."""

import pytest

from tests.browser.conftest import serious_findings, sign_in

OFFICER, LEADER, ADMINISTRATOR = "linshuyan", "luqiuning", "shaoyifan"
FORMS = [
    "/settings/departments/", "/settings/departments/new/", "/settings/groups/", "/settings/people/",
    "/settings/people/new/", "/settings/calendar/", "/settings/terms/new/", "/meetings/plan/",
]  # fmt: skip


@pytest.fixture
def officer(context):
    return sign_in(context, OFFICER)


def open_projector(page):
    """From the first screen to the first item of the next meeting."""
    page.goto("/")
    page.get_by_role("link", name="投影").click()
    page.wait_for_selector("#ruling-text")
    page.wait_for_load_state("load")  # the keys listen once the deferred scripts have run


def test_the_settings_have_no_serious_findings(context):
    page = sign_in(context, ADMINISTRATOR)
    for path in FORMS:
        page.goto(path)
        assert serious_findings(page) == [], path


_ROOM_FOR_A_SECOND_LINE = """() => {
  const facts = document.querySelector(".two"), last = [...facts.querySelectorAll("dd")].pop();
  last.textContent = "事".repeat(Math.floor(last.clientWidth / parseFloat(getComputedStyle(last).fontSize)) + 5);
  return facts.scrollHeight <= facts.clientHeight;
}"""


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)], ids=["4:3", "16:9"])
def test_the_projector_fills_the_screen_and_hides_nothing(officer, size):
    officer.set_viewport_size({"width": size[0], "height": size[1]})
    open_projector(officer)
    assert serious_findings(officer) == []
    assert officer.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == list(size)
    button = officer.get_by_role("button", name="记录").bounding_box()
    assert button["x"] + button["width"] <= size[0]
    facts = officer.evaluate("parseFloat(getComputedStyle(document.querySelector('.two dd')).fontSize)")
    assert facts >= (38 if size[0] == 1920 else 24)
    assert officer.evaluate(_ROOM_FOR_A_SECOND_LINE)  # the last words do not push 原文依据 out of sight


def test_the_projector_is_led_by_keys(officer):
    open_projector(officer)
    first = officer.locator("h1").inner_text()
    officer.keyboard.press("o")
    assert officer.locator("#quotes").get_attribute("open") is not None
    officer.keyboard.press("Escape")
    assert officer.locator("#quotes").get_attribute("open") is None
    officer.keyboard.press("ArrowRight")
    officer.wait_for_function("title => document.querySelector('h1').innerText !== title", arg=first)
    officer.wait_for_load_state()
    officer.keyboard.press("ArrowLeft")
    officer.wait_for_function("title => document.querySelector('h1').innerText === title", arg=first)
    officer.wait_for_load_state()
    officer.keyboard.press("Escape")
    officer.wait_for_selector(".doc")


def test_keys_are_off_while_typing_and_enter_records(officer):
    open_projector(officer)
    first = officer.locator("h1").inner_text()
    officer.keyboard.press("Enter")
    officer.locator("#ruling-text").fill("抓紧办 o")
    officer.keyboard.press("ArrowLeft")
    officer.keyboard.press("Enter")
    officer.wait_for_function("title => document.querySelector('h1').innerText !== title", arg=first)
    officer.go_back()
    officer.reload()
    assert officer.locator("#ruling-text").input_value() == "抓紧办 o"
    assert "已记录：继续办理" in officer.locator(".was").inner_text()


def test_choosing_a_date_chooses_the_handling(officer):
    open_projector(officer)
    officer.check("[value=reset]")
    officer.fill(".rul [name=due]", "2027-03-01")
    officer.check("[value=summon]")
    assert not officer.locator(".rul [name=due]").is_visible()
    officer.check("[value=reset]")
    assert officer.locator(".rul [name=due]").is_visible()


def test_a_proposal_saves_itself(officer):
    officer.goto("/")
    officer.get_by_role("link", name="准备例会").click()
    field = officer.locator(".oi [name=proposal]").last
    field.fill("请会议明确口径")
    field.press("Tab")
    officer.locator(".oi .saved").last.get_by_text("已保存").wait_for()
    officer.reload()
    assert officer.locator(".oi [name=proposal]").last.input_value() == "请会议明确口径"


def test_a_leader_reads_without_controls(context):
    page = sign_in(context, LEADER)
    page.get_by_role("link", name="投影").click()
    page.wait_for_selector(".pj")
    assert page.locator("#ruling-text").count() == 0
    assert serious_findings(page) == []
