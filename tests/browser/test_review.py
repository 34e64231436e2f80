"""The review by keyboard, by mouse and with text selected, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serious_findings, sign_in

SPEECH = """在全区{name}工作会上的讲话
（2026年4月10日）
同志们：
一、抓好{name}安全
安全管理科要在4月底前完成全区{name}隐患排查，逐校建立台账。装备中心要在5月15日前更换{name}设备18套。
体卫艺科要在6月底前印发{name}管理办法，基础教育科配合。
二、几点要求
大家要提高思想认识，切实增强责任感。
"""


@pytest.fixture
def review(context):
    """Makes the review page of a speech of one's own: review("校车")."""

    def make(name: str) -> Page:
        page = sign_in(context, "linshuyan")
        page.goto("/speeches/upload/")
        file = {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": SPEECH.format(name=name).encode()}
        page.set_input_files("#id_file", file)
        page.get_by_role("button", name="上传并提取").click()
        expect(page.locator("#cards .cur")).to_be_visible(timeout=30_000)
        page.wait_for_load_state("load")  # the keys listen once the deferred scripts have run
        return page

    return make


def select(page: Page, text: str) -> None:
    """Select a stretch of the speech's text as a mouse would."""
    page.evaluate(
        """text => {
            const walker = document.createTreeWalker(document.querySelector("#speech"), NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(text);
                if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + text.length);
            }
            throw new Error("not on the page: " + text);
        }""",
        text,
    )


def current(page: Page, number: str) -> None:
    expect(page.locator("#cards .cur header b")).to_have_text(number)


def write(page, field, text):
    """Type words that are no single keys. They travel apart from the keys: the field must have the focus the key before
    gives it, and hold them before the key that follows."""
    expect(page.locator(field)).to_be_focused()
    page.keyboard.type(text)
    expect(page.locator(field)).to_have_value(re.compile(re.escape(text)))


def test_editing_by_key_and_accepting_with_control_enter(review):
    page = review("食堂燃气")
    page.keyboard.press("e")
    write(page, "#tt", "（修改）")
    page.keyboard.press("Control+Enter")
    current(page, "2")
    expect(page.locator("#cards .done .st").first).to_contain_text("修改后采纳")
    page.keyboard.press("u")  # the keys are free again: nothing is typed into the next card
    current(page, "1")
    expect(page.locator("#tt")).not_to_have_value("u")


def test_the_count_of_messages_does_not_disturb_who_is_typing(review):
    page = review("操场跑道")
    page.keyboard.press("e")
    write(page, "#tt", "（改")
    page.evaluate("""async () => {
        const band = document.querySelector("header [hx-get]");
        await htmx.ajax("GET", band.getAttribute("hx-get"), {source: band, swap: "none"});
        await new Promise(resolve => setTimeout(resolve, 300));
    }""")
    write(page, "#tt", "好）")
    expect(page.locator("#tt")).to_have_value(re.compile("（改好）$"))


def test_escape_brings_back_what_stood_there(review):
    page = review("校园围墙")
    title = page.locator("#tt").input_value()
    page.keyboard.press("e")
    write(page, "#tt", "随手写的")
    page.keyboard.press("Escape")
    expect(page.locator("#tt")).to_have_value(title)


def test_what_was_typed_survives_a_look_at_the_next_card(review):
    page = review("宿舍电路")
    page.keyboard.press("w")
    write(page, "#pick-lead input[type=search]", "财务")
    page.keyboard.press("Enter")
    expect(page.locator("#lead-chip")).to_have_text("计划财务科")
    page.keyboard.press("j")
    current(page, "2")
    page.keyboard.press("k")
    current(page, "1")
    expect(page.locator("#lead-chip")).to_have_text("计划财务科")


def test_selected_words_become_a_candidate_with_exactly_these_words(review):
    page = review("操场看台")
    select(page, "提高思想认识")
    page.keyboard.press("t")
    expect(page.locator("#quote")).to_have_text("提高思想认识")
    page.keyboard.press("u")
    expect(page.locator("#cards .cur #quote")).not_to_have_text("提高思想认识")


def test_a_candidate_is_split_at_the_caret_and_joined_again(review):
    page = review("实验室")
    page.evaluate(
        "() => { const text = document.querySelector('#quote').firstChild;"
        " getSelection().collapse(text, text.data.indexOf('逐校')); }"
    )
    whole = page.locator("#quote").inner_text()
    page.keyboard.press("s")
    expect(page.locator("#quote")).to_have_text(whole[: whole.index("逐校")])
    page.keyboard.press("u")
    expect(page.locator("#quote")).to_have_text(whole)


def test_merging_into_the_one_before_is_two_keys(review):
    page = review("图书馆")
    page.keyboard.press("j")
    current(page, "2")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    expect(page.locator("#cards .done .st")).to_contain_text("并入候选 1")


def test_words_and_cards_are_linked_both_ways(review):
    page = review("厕所改造")
    page.locator("#speech .s.p").first.click()
    current(page, "2")
    expect(page.locator("#speech .s.c").first).to_contain_text("装备中心")
    page.locator("#cards .cc .tt").first.click()
    current(page, "1")
    expect(page.locator("#speech .s.c").first).to_contain_text("安全管理科")


def test_keys_are_off_while_typing_and_can_be_switched_off(review):
    page = review("直饮水")
    page.locator("#tt").click()
    page.keyboard.type("ag")
    current(page, "1")
    page.keyboard.press("Escape")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("g")
    current(page, "1")
    page.locator("#keys-on").check()
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_the_panes_scroll_by_themselves_and_the_decision_stays_on_screen(review):
    page = review("采光照明")
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    expect(page.locator(".acts2 .btn-p")).to_be_in_viewport()


def test_the_review_has_no_serious_accessibility_finding(review):
    page = review("无障碍坡道")
    page.keyboard.press("x")
    assert serious_findings(page) == []
    page.goto(page.url.split("?")[0] + "?show=requirements")
    assert serious_findings(page) == []
