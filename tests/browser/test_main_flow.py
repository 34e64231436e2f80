"""From a speech to an overdue item, as the clerk does it: real browser, real worker, real broker."""

import re
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

OFFICER, SECOND_OFFICER, LIAISON = "linshuyan", "qiaoyining", "wenzhaoyun"
EXTRACTION_MS = 30_000


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def speech_file(folder: Path, name: str) -> Path:
    """A short speech held forty days ago, one deadline past, one ahead, one task without unit and date."""
    held, past, ahead = (date.today() + timedelta(days=days) for days in (-40, -15, 60))
    document = docx.Document()
    for line in (
        f"在全区{name}工作调度会上的讲话",
        "沈砚清",
        f"（{chinese(held)}）",
        "同志们：",
        "今天开个短会，把几件事定下来。",
        "一、上半年工作回顾",
        f"上半年，我们完成了12所学校的{name}排查，整改问题36处，成绩应当肯定。",
        "二、下一步重点任务",
        f"装备中心要在{chinese(past)}前完成9所农村小学{name}设备的更换。",
        f"体卫艺科要在{chinese(ahead)}前制定{name}管理办法，组织人事科配合。",
        f"建立{name}巡查台账，每所学校明确一名责任人。",
        "三、工作要求",
        "大家要提高思想认识，切实增强责任感。",
    ):
        document.add_paragraph(line)
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def upload(page: Page, path: Path) -> None:
    """Hand the file in and wait until the worker is done and the review is there and listens to keys."""
    page.goto("/speeches/upload/")
    page.set_input_files("#id_file", str(path))
    page.get_by_role("button", name="上传并提取").click()
    expect(page.locator("#cards")).to_be_visible(timeout=EXTRACTION_MS)
    page.wait_for_load_state("load")  # the cards are on screen before the scripts that read the keys have run


def decide_all(page: Page) -> None:
    """Accept whatever is current until nothing is left undecided, by key."""
    for _ in range(12):
        current = page.locator("#cards .cur")
        if not current.count():
            return
        key = current.get_attribute("id")
        page.keyboard.press("a")
        expect(page.locator(f"#cards .cur#{key}")).to_have_count(0)


@pytest.fixture
def officer(context) -> Page:
    return sign_in(context, OFFICER)


def test_a_speech_becomes_an_overdue_item_in_the_ledger(officer, tmp_path):
    upload(officer, speech_file(tmp_path, "热水供应"))
    first = officer.locator("#cards .cur")
    expect(first.locator("#tt")).to_have_value(re.compile("热水供应设备"))
    expect(first.locator("#lead-chip")).to_have_text("装备中心")
    decide_all(officer)
    expect(officer.locator("#rvtop")).to_contain_text("采纳 3")
    officer.goto("/items/?view=overdue&q=热水供应")
    row = officer.locator("table.led tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("超期")
    # And the exact sentence is one click away.
    row.locator("a.title").click()
    officer.get_by_role("link", name="打开讲话").first.click()
    expect(officer.locator("#speech .lit").first).to_contain_text("热水供应设备")


def test_a_missing_unit_is_assigned_in_the_ledger_by_bulk(officer, tmp_path):
    upload(officer, speech_file(tmp_path, "消防器材"))
    decide_all(officer)
    officer.goto("/items/?view=no-lead&q=消防器材")
    row = officer.locator("table.led tbody tr")
    expect(row).to_have_count(1)
    row.locator("input[type=checkbox]").check()
    bar = officer.get_by_role("region", name="批量操作")
    bar.get_by_text("牵头单位…").click()
    bar.locator("details[open] select").select_option(label="安全管理科", force=True)
    bar.locator("details[open]").get_by_role("button", name="预览").click()
    officer.get_by_role("button", name="确定").click()
    officer.get_by_text("已改派牵头单位 1 件").wait_for()
    officer.goto("/items/?view=open&q=消防器材巡查")
    expect(officer.locator("table.led tbody tr")).to_contain_text("安全管理科")


def test_reject_with_a_reason_and_undo_by_keys(officer, tmp_path):
    upload(officer, speech_file(tmp_path, "饮水设施"))
    officer.keyboard.press("x")
    officer.keyboard.press("1")
    expect(officer.locator("#rvtop")).to_contain_text("不作为任务 1")
    officer.keyboard.press("u")
    expect(officer.locator("#rvtop")).to_contain_text("不作为任务 0")


def test_the_second_of_two_reviewers_is_told_who_decided(officer, context, chromium, site, tmp_path):
    upload(officer, speech_file(tmp_path, "校车线路"))
    address = officer.url
    other_context = chromium.new_context(
        base_url=site, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    other = sign_in(other_context, SECOND_OFFICER)
    other.goto(address)
    expect(other.locator("#cards .cur")).to_be_visible()
    first = officer.locator("#cards .cur").get_attribute("id")
    officer.keyboard.press("a")
    expect(officer.locator(f"#cards .cur#{first}")).to_have_count(0)
    other.keyboard.press("a")
    expect(other.locator(f"#{first}")).to_contain_text("林书言")
    other.goto("/items/?view=all&q=校车线路设备")
    expect(other.locator("table.led tbody tr")).to_have_count(1)
    other_context.close()


def test_the_same_file_again_opens_the_first_speech(officer, tmp_path):
    path = speech_file(tmp_path, "课桌椅")
    upload(officer, path)
    first = officer.url.split("?")[0]
    upload(officer, path)
    assert officer.url.split("?")[0] == first


def test_a_department_signs_and_reports_on_its_phone(chromium, site):
    context = chromium.new_context(base_url=site, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = sign_in(context, LIAISON)
    page.goto("/items/mine/")
    page.get_by_role("button", name="签收").first.click()
    expect(page.locator("main")).to_contain_text("反馈进展")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_selected_words_become_a_candidate_by_hand(officer, tmp_path):
    upload(officer, speech_file(tmp_path, "路灯照明"))
    before = officer.locator("#cards article").count()
    officer.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector('#speech'), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.textContent.indexOf('提高思想认识');
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 6);
            window.getSelection().removeAllRanges();
            window.getSelection().addRange(range);
            return;
          }
        }"""
    )
    officer.keyboard.press("t")
    expect(officer.locator("#cards")).to_contain_text("提高思想认识")
    assert officer.locator("#cards article").count() > before
