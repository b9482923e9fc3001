"""The customer look-up in a real browser, over customers whose names are scripts: nothing runs, and a reveal ends by itself."""

from __future__ import annotations

import base64
import hmac
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from customers_home import BY_NUMBER, POISON, customers_home
from example_home import arguments, copy_home, environment
from scratch import scratch_folder

CHROMIUM = next((found for name in ("chromium", "google-chrome", "chromium-browser") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None,
    reason="there is no Chromium (or no playwright) on this machine: apt install chromium fonts-noto-cjk",
)
TESTS = Path(__file__).parent.parent
PASSWORD = "Mai-sui-2026-grain"  # noqa: S105 - of a user that lives for one test
MAKE_USER = """
import sys
from pathlib import Path
from maisui.web.start import prepare
prepare(Path(sys.argv[1]))
sys.path.insert(0, sys.argv[2])
from web_home import make_person
print(make_person("president1", ("bank_president", "")).secret)
"""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _environment() -> dict[str, str]:
    """Return the environment of a process that keeps its operational database inside the home."""
    return {name: value for name, value in environment().items() if name not in ("MAISUI_DATABASE_URL", "MAISUI_HOME")}


@contextmanager
def _served(home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = arguments(home, "serve", "--port", str(port), "--workers", "1")
    with subprocess.Popen(words, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                assert server.poll() is None, "the server ended by itself"
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _code(secret: str) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield copy_home(customers_home(), folder / "home")


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[tuple[str, str]]:
    """Serve the home and give its address and the secret of its president's second factor."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE_USER, str(home), str(TESTS)], env=_environment(), capture_output=True, text=True, check=True
    )
    with _served(home) as address:
        yield address, made.stdout.strip()


@pytest.fixture(scope="module")
def page(site: tuple[str, str]) -> Iterator[Any]:
    """Give a page of the signed-in president, watched for anything that runs or is stopped from running."""
    from playwright.sync_api import sync_playwright

    address, secret = site
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}, base_url=address)
        context.add_init_script(WATCH)
        opened, ran = context.new_page(), list[str]()
        opened.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        opened.on("pageerror", lambda error: ran.append(str(error)))
        opened.goto("/sign-in/?next=/customers/")
        opened.fill("[name=login]", "president1")
        opened.fill("[name=password]", PASSWORD)
        opened.click("button.btn-primary")
        opened.fill("[name=code]", _code(secret))
        opened.click("button.btn-primary")
        opened.wait_for_url("**/customers/")
        yield opened
        assert ran == []
        browser.close()


def _drawn(page: Any) -> None:
    page.wait_for_selector("html[data-ready=true]")
    assert page.evaluate("window.violations") == []


def _serious(page: Any) -> list[str]:
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text(encoding="utf-8")
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": script})
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_RULES)["violations"]
    return [f"{item['id']}: {node['target']}" for item in found if item["impact"] in ("serious", "critical") for node in item["nodes"]]


def test_a_name_that_is_a_script_is_read_and_does_not_run(page: Any) -> None:
    page.goto("/customers/?kind=corporate&sort=name")
    _drawn(page)
    link = page.locator("a", has_text=POISON)
    assert link.count() == 1
    link.click()
    page.wait_for_selector(".customer-name")
    _drawn(page)
    assert page.inner_text(".customer-name").startswith(POISON)
    assert page.locator("svg[onload]").count() == 0
    page.click(".crumbs a")
    page.wait_for_url("**/customers/?kind=corporate&sort=name")


def test_ticks_and_words_stand_again_where_an_act_on_them_is_refused_and_once_only(page: Any) -> None:
    page.goto("/customers/")
    _drawn(page)
    rows = page.locator("[data-choice-row]")
    rows.nth(0).check()
    rows.nth(2).check()
    page.click("summary:has-text('移交')")
    page.fill("[name=receiver]", "E99999")
    page.fill("[name=reason]", "岗位调整，交给同事")
    page.click("button[value=hand_over]")
    page.wait_for_selector(".banner-warning:has-text('E99999')")
    _drawn(page)
    assert [rows.nth(at).is_checked() for at in range(3)] == [True, False, True]
    assert page.input_value("[name=reason]") == "岗位调整，交给同事"
    assert page.is_visible("button[value=hand_over]")
    page.goto("/customers/")
    _drawn(page)
    assert not rows.nth(0).is_checked()


def test_a_search_is_not_in_the_address(page: Any) -> None:
    certificate = BY_NUMBER["C90000000003"].certificate
    page.goto("/customers/")
    page.select_option("#search-by", "certificate")
    page.fill("#search-words", certificate)
    page.press("#search-words", "Enter")
    page.wait_for_url("**find=**")
    _drawn(page)
    assert certificate not in page.url
    assert certificate not in page.content()
    assert page.locator(".customer-list tbody:last-child tr").count() == 1


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_fit_and_may_be_read_by_everybody(page: Any, site: tuple[str, str], width: int, theme: str) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site[0]}])
    page.set_viewport_size({"width": width, "height": 768})
    try:
        page.goto("/customers/")
        for _ in range(2):
            _drawn(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert _serious(page) == []
            if page.locator(".customer-list").count():
                page.click(".customer-list tbody:last-child a >> nth=0")
                page.wait_for_selector(".customer-name")
    finally:
        page.set_viewport_size({"width": 1366, "height": 768})


def test_what_is_wrong_becomes_a_ticket(page: Any) -> None:
    page.goto("/customers/?kind=personal")
    page.click(".customer-list tbody:last-child a >> nth=0")
    page.click("[data-dialog-open=wrong]")
    assert _serious(page) == []
    page.select_option("#wrong-field", "phone")
    page.fill("#wrong-words", "<svg onload=alert(3)> 号码已停机")
    page.fill("#wrong-value", POISON)
    page.click("#wrong button[type=submit]")
    page.wait_for_url("**/tickets/*/")
    _drawn(page)
    assert _serious(page) == []
    assert POISON in page.inner_text("main .facts")
    assert page.locator("svg[onload]").count() == 0
    page.click(".crumbs a")
    page.wait_for_url("**/tickets/")
    _drawn(page)
    assert _serious(page) == []
    assert "电话" in page.inner_text("#tickets tbody")


def test_a_reveal_counts_down_and_masks_again_by_itself(page: Any, home: Path) -> None:
    page.goto("/customers/?kind=personal")
    page.click(".customer-list tbody:last-child a >> nth=0")
    page.click("[data-dialog-open=reveal]")
    assert _serious(page) == []
    page.fill("#reveal-reason", "<svg onload=alert(2)> 核对身份")
    page.click("#reveal button[type=submit]")
    page.wait_for_selector("[data-countdown]")
    _drawn(page)
    assert "*" not in page.inner_text(".customer-name")
    soon = (datetime.now(UTC) + timedelta(seconds=4)).strftime("%Y-%m-%d %H:%M:%S")
    with sqlite3.connect(home / "operational.sqlite3", timeout=20) as database:
        database.execute("UPDATE customer_reveal SET expires_at = ?", [soon])
    page.reload()
    assert page.inner_text("[data-countdown]").startswith("0:0")
    page.wait_for_selector("[data-dialog-open=reveal]", timeout=15_000)
    assert "*" in page.inner_text(".customer-name")


@pytest.mark.parametrize(("theme", "width"), [("light", 1366), ("dark", 1366), ("light", 390)])
def test_the_pages_of_data_read_well_and_show_no_customer(page: Any, site: tuple[str, str], theme: str, width: int) -> None:
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site[0]}])
    page.set_viewport_size({"width": width, "height": 768})
    try:
        for address in ("/quality/?kind=personal&fact=name", "/quality/?check=account_customer&organisation=B3", "/data/"):
            page.goto(address)
            _drawn(page)
            assert _serious(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not any(number in page.content() for number in BY_NUMBER)
    finally:
        page.set_viewport_size({"width": 1366, "height": 768})
