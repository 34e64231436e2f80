"""The ledger, an item and 我的事项 in a real browser."""

import pytest

from tests.browser.conftest import serious_findings, sign_in

OFFICER, LIAISON = "linshuyan", "guoliqun"


@pytest.fixture
def officer_page(context):
    return sign_in(context, OFFICER)


def test_the_officers_pages_have_no_serious_finding(officer_page):
    found = {}
    for path in (
        "/items/",
        "/items/?view=overdue&due_from=x",
        "/items/new/",
        "/items/21/?back=view%3Dopen",
        "/items/21/edit/",
        "/items/department/6/",
    ):
        officer_page.goto(path)
        found[path] = serious_findings(officer_page)
    assert found == {path: [] for path in found}


def test_a_phone_shows_the_pages_without_sideways_scrolling(context):
    page = sign_in(context, LIAISON)
    page.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for path in ("/items/mine/", "/items/mine/?tab=open", "/items/mine/?tab=co", "/items/"):
        page.goto(path)
        found[path] = (page.evaluate("document.documentElement.scrollWidth") - 390, serious_findings(page))
    assert found == {path: (0, []) for path in found}


def test_on_a_phone_the_ledger_is_a_list_of_cards_with_the_same_facts(context):
    page = sign_in(context, OFFICER)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/items/?view=overdue")
    card = page.locator(".phone-cards tbody tr").first
    cells = card.locator("td:visible").all()
    assert {"number", "title", "lead", "due", "light", "status"} <= {
        one.get_attribute("data-col") for one in cells
    }
    boxes = [one.bounding_box() for one in cells]
    assert all(box["x"] + box["width"] <= 390 for box in boxes)
    assert card.get_by_role("cell").count() == card.locator("td:visible").count()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert serious_findings(page) == []


def test_on_a_phone_what_can_be_done_stands_before_the_history_for_eye_and_key(context):
    page = sign_in(context, OFFICER)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/items/21/")
    headings = page.locator(".course-last h2")
    tops = [one.bounding_box()["y"] for one in headings.all()]
    assert tops == sorted(tops)
    names = headings.all_inner_texts()
    assert names.index("督办操作") < names.index("办理过程")


def test_the_bulk_bar_belongs_to_a_selection(officer_page):
    officer_page.goto("/items/")
    bar = officer_page.get_by_role("region", name="批量操作")
    assert not bar.is_visible()
    officer_page.locator("input[name=ids]").nth(0).check()
    officer_page.locator("input[name=ids]").nth(3).click(modifiers=["Shift"])
    assert bar.is_visible()
    assert officer_page.locator("[data-pick-count]").inner_text() == "已选 4 件"
    assert serious_findings(officer_page) == []
    officer_page.get_by_label("选中全部").check()
    total = officer_page.locator(".tabs [aria-current] b").inner_text()
    assert officer_page.locator("[data-pick-count]").inner_text() == f"已选 {total} 件"
    bar.get_by_role("button", name="取消选择").click()
    assert not bar.is_visible()


def test_enter_in_a_field_of_the_bulk_bar_shows_its_preview(officer_page):
    officer_page.goto("/items/")
    officer_page.locator("input[name=ids]").first.check()
    officer_page.locator(".sel summary", has_text="调整时限").click()
    officer_page.get_by_label("新的时限").fill("12月25日")
    officer_page.get_by_label("新的时限").press("Enter")
    officer_page.get_by_text("尚未写入").wait_for()
    assert serious_findings(officer_page) == []


def test_many_items_are_changed_after_a_preview_and_changed_back(officer_page):
    officer_page.goto("/items/?view=all&sort=number&per_page=50")
    rows = officer_page.locator("tbody tr")
    for index in (20, 21):
        rows.nth(index).locator("input[name=ids]").check()
    row = rows.nth(20).get_attribute("id")
    officer_page.get_by_role("button", name="修改其他").click()
    assert serious_findings(officer_page) == []
    officer_page.get_by_label("任务级别").first.fill("攻坚")
    officer_page.get_by_role("button", name="预览").click()
    assert officer_page.locator(".before-after ins").all_inner_texts() == ["攻坚", "攻坚"]
    officer_page.get_by_role("button", name="确定批量修改 2 件").click()
    officer_page.wait_for_url(f"**/items/?view=all&sort=number&per_page=50#{row}")
    assert officer_page.locator("tr.just").count() == 2
    assert serious_findings(officer_page) == []
    officer_page.locator(".lastly").get_by_role("button", name="撤销").click()
    assert "已撤销“批量修改”2 件" in officer_page.locator(".notice").first.inner_text()


def test_a_view_is_saved_opened_and_deleted(officer_page):
    officer_page.goto("/items/?view=overdue&sort=due")
    officer_page.locator(".views > summary").click()
    officer_page.get_by_label("把当前筛选、排序和列另存为").fill("催办用")
    officer_page.get_by_role("button", name="保存视图").click()
    officer_page.goto("/items/?view=all")
    officer_page.locator(".views > summary").click()
    officer_page.get_by_role("link", name="催办用").click()
    assert "sort=due" in officer_page.url
    assert officer_page.locator(".tabs [aria-current]").inner_text().startswith("超期")
    officer_page.locator(".views > summary").click()
    officer_page.locator(".tools > summary").first.click()
    assert serious_findings(officer_page) == []
    officer_page.on("dialog", lambda dialog: dialog.accept())
    officer_page.get_by_role("button", name="删除").click()
    assert "已删除视图“催办用”" in officer_page.locator(".notice").first.inner_text()


def test_rows_are_walked_ticked_and_opened_by_key(officer_page):
    officer_page.goto("/items/")
    for key in ("j", "j", "x", "j", "k"):
        officer_page.keyboard.press(key)
    second = officer_page.locator("tbody tr").nth(1)
    assert "cur" in second.get_attribute("class")
    assert second.locator("input[name=ids]").is_checked()
    officer_page.keyboard.press("?")
    assert officer_page.get_by_role("dialog").is_visible()
    officer_page.keyboard.press("Escape")
    title = second.locator("a.title").inner_text()
    officer_page.keyboard.press("o")
    officer_page.wait_for_url("**/items/*/?back=*")
    assert officer_page.locator("h1").inner_text() == title


def test_a_department_is_found_by_its_initials(officer_page):
    officer_page.goto("/items/")
    field = officer_page.locator(".fbar").get_by_role("combobox", name="牵头单位")
    field.fill("jcjyk")
    field.press("Enter")
    officer_page.get_by_role("button", name="筛选").click()
    officer_page.wait_for_url("**lead=*")
    assert set(officer_page.locator("tbody tr td:nth-child(5)").all_inner_texts()) == {"基础教育科"}


def test_an_item_opened_from_a_page_leads_back_to_its_row(officer_page):
    officer_page.goto("/items/?view=all&page=2&sort=number")
    link = officer_page.locator("tbody a.title").nth(2)
    title = link.inner_text()
    link.click()
    officer_page.get_by_role("link", name="下一件").click()
    officer_page.get_by_role("link", name="上一件").click()
    assert officer_page.locator("h1").inner_text() == title
    officer_page.locator(".crumb a").first.click()
    assert "page=2" in officer_page.url
    assert officer_page.locator("tr:target a.title").inner_text() == title


def test_rows_are_bulk_changed_without_javascript(site, chromium):
    context = chromium.new_context(base_url=site, java_script_enabled=False, locale="zh-CN")
    page = sign_in(context, OFFICER)
    page.goto("/items/?view=no-due")
    page.locator("input[name=ids]").first.check()
    page.locator("summary", has_text="调整时限").click()
    page.get_by_label("新的时限").fill("12月25日")
    page.locator(".sel details.drop[open]").get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确定调整时限 1 件").click()
    assert "已调整时限 1 件" in page.get_by_role("status").inner_text()
    context.close()


def test_a_department_reports_in_two_steps_on_its_page(context):
    page = sign_in(context, LIAISON)
    page.goto("/items/mine/?tab=open")
    card = page.locator("article.mi", has=page.locator("summary", has_text="反馈进展")).first
    card.locator("summary", has_text="反馈进展").click()
    card.get_by_label("本期进展").fill("核对完毕，正在汇总。")
    card.get_by_role("button", name="提交反馈").click()
    assert "反馈已记录" in page.get_by_role("status").inner_text()
    assert page.get_by_text("核对完毕，正在汇总。").count() == 1
