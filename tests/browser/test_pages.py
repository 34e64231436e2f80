"""Every page: no serious accessibility finding, no script or style stopped by the CSP, no error in the console."""

import pytest

from tests.browser.conftest import serious_findings, sign_in

OFFICER_PAGES = [
    "/", "/speeches/", "/speeches/upload/", "/speeches/scorecard/", "/speeches/3/", "/speeches/3/edit/", "/items/",
    "/items/?view=overdue",
    "/items/21/", "/items/21/edit/", "/items/new/", "/items/department/3/", "/meetings/", "/meetings/1/", "/meetings/3/",
    "/meetings/3/present/", "/notices/", "/notices/chases/", "/notices/chases/new/?item=21",
]  # fmt: skip
LIAISON_PAGES = ["/items/mine/", "/items/mine/?tab=all", "/notices/"]
ADMIN_PAGES = [
    "/settings/", "/notices/settings/", "/notices/settings/channels/", "/notices/settings/channels/new/email/",
    "/notices/settings/channels/new/feishu/", "/notices/settings/ladder/",
]  # fmt: skip


@pytest.fixture
def problems(context):
    """What the browser complained of, collected as pages are opened."""
    found: list[str] = []
    context.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: found.append(str(error.error)))
    return found


@pytest.mark.parametrize(
    ("login", "pages"),
    [("linshuyan", OFFICER_PAGES), ("wenzhaoyun", LIAISON_PAGES), ("shaoyifan", ADMIN_PAGES)],
    ids=["officer", "liaison", "administrator"],
)
def test_pages_are_accessible_and_run_clean(context, problems, login, pages):
    page = sign_in(context, login)
    findings = []
    for address in pages:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        page.wait_for_load_state("networkidle")
        findings += [f"{address}: {finding}" for finding in serious_findings(page)]
    assert findings == []
    assert problems == []


def test_nothing_is_loaded_from_outside(context, site):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = sign_in(context, "linshuyan")
    for address in OFFICER_PAGES:
        page.goto(address)
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
