"""The overview in a real browser, served by `maisui serve` from the example bank: what a leader sees, clicks and goes back to."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from example_home import arguments, command, environment
from functional.conftest import Demo

CHROMIUM = next((found for name in ("chromium", "google-chrome", "chromium-browser") if (found := shutil.which(name))), None)
pytestmark = [
    pytest.mark.xdist_group("demo"),
    pytest.mark.skipif(
        CHROMIUM is None or find_spec("playwright") is None,
        reason="there is no Chromium (or no playwright) on this machine: apt install chromium fonts-noto-cjk",
    ),
]

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
MOST_BYTES = 350 * 1024
KPIS = 8
LOCALE = "zh-CN"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DRAWN = """
window.drawn = [];
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
  if (this.canvas.width === 420) window.drawn.push(text);
  return fill.call(this, text, ...rest);
};
"""
"""Remembers what is written on the picture of the watermark, which is 420 wide."""
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`));
"""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Site:
    """A running server and a signed-in analyst's cookies."""

    address: str
    cookies: list[dict[str, Any]]


@pytest.fixture(scope="module")
def site(demo: Demo) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = arguments(demo.home, "serve", "--port", str(port), "--workers", "1")
    with subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server)
            yield Site(address, _signed_in(demo.home, address))
        finally:
            server.terminate()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")


def _signed_in(home: Path, address: str) -> list[dict[str, Any]]:
    """Sign the example bank's analyst in through the pages, as `maisui demo --sign-in` tells him to."""
    told = command(home, "demo", "--sign-in", "department_analyst")
    user, password, code = re.search(r"user (\S+)\s+password (\S+)\s+second factor (\d+)", told.stdout).groups()  # type: ignore[union-attr]
    with _browser() as browser:
        page = browser.new_context(locale=LOCALE).new_page()
        page.goto(f"{address}/sign-in/?next=/overview/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", password)
        page.click("button.btn-primary")
        page.fill("[name=code]", code)
        page.click("button.btn-primary")
        page.wait_for_url("**/overview/")
        return page.context.cookies()


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with _browser() as running:
        yield running


@dataclass
class Reader:
    """Somebody at the overview; every page he opens is watched for violations of the content policy and script errors."""

    site: Site
    page: Any
    errors: list[str] = field(default_factory=list)
    bytes_received: int = 0

    def open(self, query: str = "") -> Any:
        """Open the overview and wait until everything of the first screen is drawn."""
        self.page.goto(f"{self.site.address}/overview/{query}")
        self.page.wait_for_selector("html[data-ready=true]")
        return self.page

    def open_whole(self, query: str = "") -> Any:
        """Open the overview and go down until the parts below the fold have come."""
        self.open(query)
        for _ in range(60):
            self.page.mouse.wheel(0, 800)
            if not self.page.locator("[data-lazy]").count():
                break
            self.page.wait_for_timeout(100)
        assert not self.page.locator("[data-lazy]").count()
        self.page.evaluate("window.scrollTo(0, 0)")
        return self.page

    def settled(self) -> None:
        """Wait until htmx has nothing under way."""
        self.page.wait_for_selector("html:not([aria-busy])")

    def exact(self, code: str) -> str:
        """Return the exact value a card carries."""
        return self.page.get_attribute(f"[data-kpi={code}] .kpi-value .figure", "data-exact")


@pytest.fixture
def reader(site: Site, browser: Any) -> Iterator[Reader]:
    with _reader(site, browser, viewport=DESKTOP) as somebody:
        yield somebody


@contextmanager
def _reader(site: Site, browser: Any, **settings: Any) -> Iterator[Reader]:
    context = browser.new_context(locale=LOCALE, **settings)
    context.add_cookies(site.cookies)
    context.add_init_script(WATCH)
    page = context.new_page()
    somebody = Reader(site, page)
    page.on("pageerror", lambda error: somebody.errors.append(str(error)))
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: _count(somebody, event))
    yield somebody
    assert page.evaluate("window.violations") == []
    assert somebody.errors == []
    context.close()


def _count(somebody: Reader, event: dict[str, Any]) -> None:
    somebody.bytes_received += int(event["encodedDataLength"])


def _serious(page: Any) -> list[str]:
    """Return what axe finds serious or critical on the page as it stands."""
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text(encoding="utf-8")
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": script})
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_RULES)["violations"]
    return [f"{item['id']}: {node['target']}" for item in found if item["impact"] in ("serious", "critical") for node in item["nodes"]]


def test_the_first_screen_answers_without_scrolling(reader: Reader, demo: Demo) -> None:
    page = reader.open()
    cards = page.locator("[data-kpi]")
    assert cards.count() == KPIS
    page.wait_for_selector(".narrative .said li")
    for box in [page.locator(".narrative"), *cards.all()]:
        area = box.bounding_box()
        assert area is not None
        assert area["y"] + area["height"] <= DESKTOP["height"]
    begins = page.locator(".trend").bounding_box()
    assert begins is not None
    assert begins["y"] < DESKTOP["height"] - 100, "the trend begins where it is seen"
    assert page.locator("[data-chart] canvas").count() >= 1
    assert page.inner_text(".fresh-stamp").split() == ["数据日期", "2026-10-31", "·", "已勾稽"]
    for code in ("deposit_balance", "npl_ratio", "customer_count", "transaction_count"):
        assert Decimal(reader.exact(code)) == Decimal(demo.figure(code)["value"])


def test_menu_and_head_stay_in_sight_at_the_end_of_a_long_page(reader: Reader) -> None:
    page = reader.open_whole()
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate("window.scrollY") > DESKTOP["height"]
    assert {name: page.locator(name).bounding_box()["y"] for name in (".side", ".top")} == {".side": 0, ".top": 0}


def test_a_bar_leads_into_the_organisation_and_back_leads_out(reader: Reader, demo: Demo) -> None:
    page = reader.open("?compare=year_start")
    whole = reader.exact("deposit_balance")
    first = page.locator(".rank-bar a").first
    code = re.search(r"org=(\w+)", first.get_attribute("href")).group(1)  # type: ignore[union-attr]
    first.click()
    page.wait_for_url(f"**org={code}**")
    reader.settled()
    assert "compare=year_start" in page.url
    assert Decimal(reader.exact("deposit_balance")) == Decimal(demo.figure("deposit_balance", "--org", code)["value"])
    assert page.locator(".crumbs a").count() >= 1
    assert page.locator(".ranking .state-line").count() == 1  # an outlet has none below it
    page.go_back()
    page.wait_for_url(lambda url: "org=" not in url)
    reader.settled()
    page.wait_for_selector(f'[data-kpi=deposit_balance] .kpi-value [data-exact="{whole}"]')
    page.reload()
    assert reader.exact("deposit_balance") == whole


def test_comparisons_are_switched_one_by_one_and_name_their_base(reader: Reader, demo: Demo) -> None:
    page = reader.open()
    assert page.locator("[data-kpi=deposit_balance] .kpi-changes li").count() == 2
    page.click("text=较年初")
    page.wait_for_url("**compare=**")
    reader.settled()
    lines = page.locator("[data-kpi=deposit_balance] .kpi-changes li")
    assert [text.split()[0] for text in lines.all_inner_texts()] == ["较上月", "较年初", "同比"], lines.all_inner_texts()
    base = lines.nth(1).locator(".kpi-base").get_attribute("title")
    assert base.endswith("2025-12-31")
    change = demo.figure("deposit_balance", "--compare", "year_start")["change_rate"]
    assert f"{abs(Decimal(change) * 100):.2f}%" in lines.nth(1).inner_text()


def test_english_is_one_click_away_and_complete(reader: Reader) -> None:
    page = reader.open()
    page.click("[data-language]")
    page.wait_for_selector("html[lang=en]")
    reader.open_whole()
    words = page.locator(
        ".kpi, .panel-title, .panel-note, .segment, .chip, .export, .fresh, .side-section, .side-link, .grid thead, .banners, .page-foot"
    ).all_text_contents()
    assert not [text for text in words if CHINESE.search(text)]
    assert re.search(r"\d M", page.inner_text("[data-kpi=deposit_balance] .kpi-value").replace("M", " M"))
    page.click("[data-language]")
    page.wait_for_selector("html[lang=zh-Hans]")
    assert "万" in page.inner_text("[data-kpi=deposit_balance] .kpi-value")


def test_the_theme_is_kept_and_drawn_by_the_server(reader: Reader) -> None:
    page = reader.open()
    page.click("summary[aria-label=外观]")
    page.check("input[name=theme][value=dark]")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.check("input[name=rise][value=green]")
    answer = page.request.get(f"{reader.site.address}/overview/")
    assert 'data-bs-theme="dark"' in answer.text()
    assert 'data-rise="green"' in answer.text()


def test_the_watermark_tells_the_time_of_the_bank_wherever_it_is_read(site: Site, browser: Any) -> None:
    """A machine in New York at 15:37 shows who looked, and that it is 04:37 of the next day at the bank."""
    with _reader(site, browser, viewport=DESKTOP, timezone_id="America/New_York") as somebody:
        somebody.page.clock.set_fixed_time("2026-11-29T20:37:00Z")
        somebody.page.add_init_script(DRAWN)
        drawn = somebody.open().evaluate("window.drawn")
    assert drawn
    assert all(text.endswith(" 2026-11-30 04:37") for text in drawn), drawn


def test_any_figure_explains_itself_and_the_explanation_has_an_address(reader: Reader) -> None:
    page = reader.open()
    page.click("[data-kpi=npl_ratio] [data-explain]")
    page.wait_for_selector(".why")
    told = page.inner_text(".drawer")
    for word in ("不良贷款余额 ÷ 贷款余额", "分子", "分母", "2025-10-31", "勾稽", "报送字段", "loan_class_day", "来源文件", "SQL"):
        assert word in told
    link = page.get_attribute("[data-copy]", "data-copy")
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()
    reader.open(link)
    assert "不良贷款率" in page.inner_text("dialog[open] .why")
    page.keyboard.press("Escape")
    page.focus("[data-kpi=customer_count] h2 a")
    page.keyboard.press("i")
    page.wait_for_selector("text=客户数 >> visible=true")
    page.wait_for_selector("dialog[open] .why")


def test_the_table_of_children_sorts_and_ends_in_the_parents_own_figure(reader: Reader, demo: Demo) -> None:
    page = reader.open_whole()
    expected = demo.values("customer_count", "child")
    total = page.locator(".grid-total td").nth(5).locator(".figure").get_attribute("data-exact")
    assert Decimal(total) == Decimal(demo.figure("customer_count")["value"])
    page.click("[data-sort=customer_count]")
    page.wait_for_url("**sort=-customer_count**")
    reader.open_whole(page.url.partition("/overview/")[2])
    shown = [Decimal(cell.get_attribute("data-exact")) for cell in page.locator(".grid tbody:last-child td:nth-child(7) .figure").all()]
    assert shown == sorted((Decimal(value) for value in expected.values()), reverse=True)


def test_the_keyboard_alone_finds_an_organisation(reader: Reader) -> None:
    page = reader.open()
    page.keyboard.press("/")
    page.wait_for_selector("[data-picker-list] li a")
    name = page.locator("[data-picker-list] li a").nth(3)
    code = name.locator("code").inner_text()
    page.keyboard.type(code)
    assert page.locator("[data-picker-list] li:visible").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(f"**org={code}**")
    reader.settled()
    page.keyboard.press("?")
    assert "经营概览" in page.inner_text("dialog[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/overview/")


def test_a_chart_shows_the_same_figures_as_its_table(reader: Reader) -> None:
    page = reader.open()
    data = json.loads(page.locator("[data-chart] script").text_content())
    page.click("[data-table-toggle]")
    shown = page.locator("[data-chart-table] tbody td:nth-child(2) .figure")
    assert [cell.get_attribute("data-exact") for cell in shown.all()] == [value or "" for value in reversed(data["values"])]
    page.click("[data-table-toggle]")
    page.locator(".trend [data-chart] canvas").first.hover()
    page.wait_for_selector(".tip-day")  # a tooltip is drawn without an inline style


def test_what_cannot_be_answered_says_so_and_leaves_the_rest(reader: Reader) -> None:
    page = reader.open("?metric=no_such_metric")
    assert page.locator("[data-kpi] .kpi-value").count() == KPIS
    assert page.locator(".trend .state-line-bad").count() == 1
    for query, status in (("?org=no_such_place", 404), ("?date=1999-01-01", 400), ("?period=fortnight", 400)):
        answer = page.goto(f"{reader.site.address}/overview/{query}")
        assert answer.status == status
        assert page.locator(".state-next").inner_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(reader: Reader, theme: str) -> None:
    reader.page.context.add_cookies([{"name": "theme", "value": theme, "url": reader.site.address}])
    page = reader.open_whole()
    assert _serious(page) == []
    page.click("[data-kpi=npl_ratio] [data-explain]")
    page.wait_for_selector(".why")
    assert _serious(page) == []


def test_a_phone_shows_it_without_scrolling_sideways(site: Site, browser: Any) -> None:
    with _reader(site, browser, viewport=PHONE) as somebody:
        page = somebody.open_whole()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.click("[data-side-open]")
        assert page.locator(".side-link[aria-current]").is_visible()
        page.goto(f"{site.address}/morning-sheet/")
        assert page.locator(".sheet-two").count()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_cold_browser_receives_little(site: Site, browser: Any) -> None:
    with _reader(site, browser, viewport=DESKTOP) as somebody:
        somebody.open_whole()
        assert somebody.bytes_received <= MOST_BYTES


def test_nothing_is_asked_of_another_server(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open_whole()
    assert [url for url in asked if not url.startswith((reader.site.address, "data:"))] == []


def test_the_page_of_targets_shows_what_the_command_line_answers(reader: Reader, demo: Demo) -> None:
    """Actual and target of every metric to the cent, for the bank and for each outlet below; a heading sorts, an outlet opens."""
    page = reader.page
    page.goto(f"{reader.site.address}/targets/")
    page.wait_for_selector("html[data-ready=true]")
    asked = demo.ask("ask", "target_completion_rate", "--period", "year", "--json").json["rows"]
    for row in asked:
        line = page.locator(f"[data-goal={row['dimensions']['target']}] data.figure")
        shown = line.evaluate_all("all => all.slice(0, 2).map(one => one.value)")
        assert [Decimal(value) for value in shown] == [Decimal(row["numerator"]), Decimal(row["denominator"])]
    below = demo.ask("ask", "target_completion_rate", "--by", "child", "--period", "year", "--json").json["rows"]
    for row in below:
        if row["dimensions"]["target"] == "deposit_balance":
            line = page.locator(f"[data-holder='{row['dimensions']['child']}'] data.figure")
            shown = line.evaluate_all("all => all.slice(0, 2).map(one => one.value)")
            assert [Decimal(value) for value in shown] == [Decimal(row["numerator"]), Decimal(row["denominator"])]
    page.locator("[data-sort=target]").click()
    page.wait_for_url("**sort=-target*")
    targets = page.locator("[data-holder] td:nth-of-type(3) data.figure").evaluate_all("all => all.map(one => Number(one.value))")
    assert len(targets) > 1
    assert targets == sorted(targets, reverse=True)
    outlet = page.locator("[data-holder] th a").first
    name = outlet.inner_text()
    outlet.click()
    page.wait_for_url("**org=*")
    page.wait_for_selector(f".picker-button:has-text('{name}')")
    assert page.locator("[data-goal]").count() > 1
    reader.settled()
    assert reader.errors == []


def test_cards_show_the_target_of_the_year_and_lead_to_its_page(reader: Reader, demo: Demo) -> None:
    page = reader.open()
    wanted = {
        row["dimensions"]["target"]: row for row in demo.ask("ask", "target_completion_rate", "--period", "year", "--json").json["rows"]
    }
    shown = page.locator(".kpi-goal").evaluate_all("all => all.map(one => [one.dataset.goal, one.querySelector('data').value])")
    assert len(shown) > 3
    for code, target in shown:
        assert Decimal(target) == Decimal(wanted[code]["denominator"])
    page.locator(".kpi-goal[data-goal=loan_balance]").click()
    page.wait_for_url("**/targets/*metric=loan_balance*")


def test_agriculture_and_market_shares_are_those_asked(reader: Reader, demo: Demo) -> None:
    page = reader.open_whole()
    for code in ("agriculture_loan_balance", "inclusive_small_micro_loan_balance"):
        shown = page.locator(f"[data-inclusive={code}] data.figure").first.get_attribute("value")
        assert Decimal(shown) == Decimal(demo.figure(code)["value"])
    for code in ("market_share_deposit", "market_share_loan"):
        shown = page.locator(f"[data-market={code}] data.figure").first.get_attribute("value")
        assert Decimal(shown) == Decimal(demo.figure(code)["value"])


PLACEHOLDERS = "[hx-trigger=revealed] .skeleton"
COUNT_PRINTS = f"""() => {{
  const all = document.body.dataset;
  window.print = () => {{ all.prints = (all.prints ?? "") + document.querySelectorAll("{PLACEHOLDERS}").length; }};
}}"""
"""Has each print leave how many placeholders it met."""
LAST_PART = "**/overview/?*part=children*"


def test_printing_fetches_what_was_not_seen_yet(reader: Reader) -> None:
    """Parts load when they come into sight; Ctrl+P prints them all the same, and no placeholder, once however often it is pressed."""
    from playwright.sync_api import expect

    page, held = reader.open(), []
    assert page.locator(PLACEHOLDERS).count() > 0
    page.evaluate(COUNT_PRINTS)

    def hold(route: Any) -> None:
        held.append(route)

    page.route(LAST_PART, hold)
    page.keyboard.down("Control")
    for key in ("p", "p"):
        page.keyboard.down(key)  # the second without a release: held
    page.keyboard.up("p")
    page.keyboard.press("p")
    page.keyboard.up("Control")
    expect(page.locator(PLACEHOLDERS)).to_have_count(1, timeout=20_000)
    assert page.inner_text("[data-toast]") == "正在准备打印：页面其余部分取数中"
    assert (len(held), page.locator("body[data-prints]").count()) == (1, 0)
    held[0].continue_()
    page.wait_for_selector("body[data-prints='0']")
    assert page.inner_text("[data-toast]") == ""


def test_printing_does_not_wait_for_a_part_that_fails(reader: Reader) -> None:
    """What could not be fetched is left out of the print, and said."""
    page = reader.open()
    page.evaluate(COUNT_PRINTS)
    page.route(LAST_PART, lambda route: route.abort())
    page.keyboard.press("Control+p")
    page.wait_for_selector("body[data-prints='1']", timeout=20_000)
    assert page.inner_text("[data-toast]") == "1 个部分未取到，不打印"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_morning_sheet_is_printed_on_one_page(site: Site, browser: Any, language: str) -> None:
    with _reader(site, browser) as somebody:
        somebody.page.context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
        somebody.page.goto(f"{site.address}/morning-sheet/")
        printed = somebody.page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
