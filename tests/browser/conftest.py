"""The running product, as `script/server --demo` starts it, and a real Chromium in front of it.

One copy for all browser tests: they are one xdist group. Each test makes the rows it changes.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
CHROMIUM = os.environ.get("BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
START_SECONDS = 90
DEMO_PASSWORD = "demo-2026"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the group
def pytest_collection_modifyitems(items):
    """All tests of this folder are browser tests and share one running system."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of the running product with demo data: web, worker, beat and embedded server as real processes."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (script/browser installs it on Debian as root)")
    var, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {
        key: value for key, value in os.environ.items() if key not in ("SECRET_KEY", "DATABASE_URL")
    }
    log = (var / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environment | {"TRACKER_VAR": str(var), "SWEEP_SECONDS": "2"},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", process, var / "log")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"the site did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--lang=zh-CN", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def context(site, chromium) -> Iterator[BrowserContext]:
    """A fresh browser profile at the site."""
    context = chromium.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


def sign_in(context: BrowserContext, login: str, password: str = DEMO_PASSWORD) -> Page:
    """A page with `login` signed in."""
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", login)
    page.fill("#id_password", password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def serious_findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical on the page as it stands: rule and first element."""
    page.evaluate(AXE.read_text())  # add_script_tag would be stopped by our CSP
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    grave = [
        violation for violation in result["violations"] if violation["impact"] in ("serious", "critical")
    ]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in grave]
