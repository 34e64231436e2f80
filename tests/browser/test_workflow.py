"""One item from registration to write-off in a real browser, as each role would: a return and an extension on the way."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import serious_findings, sign_in

OFFICER, LIAISON, PART, PRINCIPAL = "linshuyan", "guoliqun", "weitiecheng", "shenyanqing"
TITLE = "整修临江片区三所学校围墙"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def others(site, chromium):
    """Browser profiles of further people."""
    opened: list[BrowserContext] = []

    def open_as(login: str) -> Page:
        context = chromium.new_context(base_url=site, viewport=PHONE, locale="zh-CN")
        context.set_default_timeout(10_000)
        opened.append(context)
        return sign_in(context, login)

    yield open_as
    for context in opened:
        context.close()


def card(page: Page):
    return page.locator("article.mi", has_text=TITLE)


def press(scope, label: str) -> None:
    scope.get_by_role("button", name=label, exact=True).click()


def unfold(scope, label: str):
    scope.locator("summary", has_text=label).first.click()


def test_one_item_from_registration_to_write_off(context, others, tmp_path):
    officer = sign_in(context, OFFICER)
    officer.goto("/items/new/")
    officer.fill("#id_title", TITLE)
    officer.select_option("#id_lead", label="计划财务科")
    officer.fill("#id_due", "2027-06-30")
    officer.check("#id_issue_now")
    press(officer, "登记")
    expect(officer.get_by_role("status")).to_contain_text("已登记并交办")
    item = re.sub(r"\?.*", "", officer.url)

    liaison = others(LIAISON)
    liaison.goto("/items/mine/?tab=sign")
    press(card(liaison), "签收")
    liaison.goto("/items/mine/?tab=open")
    unfold(card(liaison), "申请延期")
    for label, text in (
        ("申请延期至", "2027-09-30"),
        ("延期原因", "雨季不宜砌筑。"),
        ("已完成情况", "一所已完工。"),
    ):
        card(liaison).get_by_label(label).fill(text)
    press(card(liaison), "提交延期申请")
    expect(card(liaison)).to_contain_text("延期审批中")

    officer.goto(item)
    expect(officer.locator("#id_until")).to_have_value("2027-09-30")
    officer.fill("#id_until", "2027-08-31")
    press(officer, "同意延期")
    expect(officer.locator(".facts")).to_contain_text("延期1次")

    officer.locator("summary", has_text="增加分办").click()
    officer.select_option("#id_department", label="安全管理科")
    officer.fill("#id_title", "查验施工围挡")
    press(officer, "分办")
    expect(officer.locator("#parts")).to_contain_text("签收 0/1")

    paper = tmp_path / "验收单.pdf"
    paper.write_bytes(b"%PDF-1.7\n")
    liaison.goto("/items/mine/?tab=open")
    unfold(card(liaison), "申请办结")
    card(liaison).get_by_label("完成情况", exact=True).fill("三所学校围墙均已完工。")
    card(liaison).get_by_label("佐证材料").set_input_files(paper)
    press(card(liaison), "申请办结")
    expect(card(liaison)).to_contain_text("已报办结")

    officer.goto(item)
    expect(officer.locator(".ask")).to_contain_text("验收单.pdf")
    unfold(officer.locator(".ask"), "退回重办")
    officer.locator(".ask").get_by_label("原因").fill("缺第三所学校的照片。")
    press(officer.locator(".ask"), "退回重办")

    liaison.goto("/items/mine/?tab=open")
    expect(card(liaison)).to_contain_text("缺第三所学校的照片。")
    unfold(card(liaison), "申请办结")
    card(liaison).get_by_label("完成情况", exact=True).fill("照片已补齐。")
    press(card(liaison), "申请办结")

    part = others(PART)
    part.goto("/items/mine/?tab=sign")
    signed = part.locator("article.mi", has_text="查验施工围挡")
    press(signed, "签收")

    officer.goto(item)
    unfold(officer.locator(".ask"), "办结销号")
    officer.get_by_label("审核意见").fill("材料齐全。")
    press(officer.locator(".ask"), "办结销号")
    expect(officer.locator(".ask [role=alert]")).to_contain_text("尚有 1 项分办未完成")
    expect(officer.get_by_label("审核意见")).to_have_value("材料齐全。")
    assert serious_findings(officer) == []
    officer.get_by_label("仍然办结").check()
    press(officer.locator(".ask"), "办结销号")
    expect(officer.locator(".ihead")).to_contain_text("按期办结")
    expect(officer.locator("main")).to_contain_text("延期 1 次　办结 2 次")


def test_the_leader_reads_and_writes_an_instruction_on_a_phone(others):
    leader = others(PRINCIPAL)
    leader.goto("/items/?view=overdue")
    leader.locator("a.title").first.click()
    leader.get_by_label("批示").fill("请于下周三前报送时间表。")
    press(leader, "批示")
    expect(leader.locator(".tl")).to_contain_text("请于下周三前报送时间表。")
    assert leader.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_findings(leader) == []


def test_the_new_panels_have_no_serious_finding_and_fit_a_phone(others):
    officer = others(OFFICER)
    found = {}
    for title in ("推进5个新建学校", "完成消防检测隐患整改", "办结6所小区配套"):
        officer.goto(f"/items/?view=all&q={title}")
        officer.locator("a.title").first.click()
        officer.locator(".tl").wait_for()
        officer.wait_for_load_state()
        for summary in officer.locator("details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        width = officer.evaluate("document.documentElement.scrollWidth")
        found[title] = (max(0, width - 390), serious_findings(officer))
    officer.goto("/items/bin/")
    found["bin"] = (officer.evaluate("document.documentElement.scrollWidth") - 390, serious_findings(officer))
    officer.goto("/")
    found["desk"] = (
        officer.evaluate("document.documentElement.scrollWidth") - 390,
        serious_findings(officer),
    )
    assert found == {key: (0, []) for key in found}
