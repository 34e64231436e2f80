"""Start the product with the demo district and photograph its pages (script/screenshots)."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
OFFICER, LIAISON, PASSWORD = "linshuyan", "wenzhaoyun", "demo-2026"
DESKTOP, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)


def main() -> None:
    """All pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="duban-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--demo", "--port", str(port)],
        cwd=ROOT, env=os.environ | {"TRACKER_VAR": str(folder)}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("BROWSER") or shutil.which("chromium"),
                args=["--no-sandbox", "--lang=zh-CN"],
            )
            photograph(browser, f"http://127.0.0.1:{port}")
            browser.close()
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(url: str) -> None:
    """Until the site answers, two minutes at most."""
    for _ in range(400):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.3)
    sys.exit("the site did not start")


def photograph(browser: Browser, address: str) -> None:
    """Each page as the person who uses it sees it."""
    page = signed_in(browser, address, OFFICER, DESKTOP)
    shot(page, "/", "desk")
    page.goto("/speeches/")
    speech = page.locator("main table tbody a").first.get_attribute("href") or "/speeches/"
    shot(page, speech, "review", full=False)
    shot(page, "/items/", "ledger", full=False)
    page.goto("/items/?view=overdue")
    item = page.locator("main table tbody a.title").first.get_attribute("href") or "/items/"
    shot(page, item, "item")
    page.goto("/meetings/")
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
    meeting = next(link for link in links if re.fullmatch(r"/meetings/\d+/", link or ""))
    shot(page, meeting, "meeting", full=False)
    projector = signed_in(browser, address, OFFICER, PROJECTOR)
    shot(projector, f"{meeting}present/", "present", full=False)
    phone = signed_in(browser, address, LIAISON, PHONE)
    shot(phone, "/items/mine/", "mine", full=False)


def signed_in(browser: Browser, address: str, login: str, size: tuple[int, int]) -> Page:
    """A window of `size` with `login` at the keyboard."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("#id_username", login)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def shot(page: Page, path: str, name: str, *, full: bool = True) -> None:
    """One picture, once the page is quiet."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=full)


if __name__ == "__main__":
    main()
