"""The pages of a union: who sees all banks at once, who may look into one, and what is written down of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from example_home import plans_made_once
from openpyxl import load_workbook
from scratch import scratch_folder
from union_home import EAST_AT_WEST, FIRST, SECOND, WEST_AT_EAST, CountyBank, make_county, make_union, roll_up
from web_home import signed_in_browser

from maisui.answers import Bank

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("union")]  # its homes take longer to make than its tests
REASON = "核查不良贷款率上升的网点"


@pytest.fixture(scope="module")
def union() -> Iterator[Path]:
    """A union of two counties, the second of which owes less than the first says."""
    log = (*EAST_AT_WEST, *WEST_AT_EAST)
    with scratch_folder() as place, plans_made_once():
        homes = {
            FIRST: make_county(place / "east", FIRST, CountyBank(clearing=7_000, log=log)),
            SECOND: make_county(place / "west", SECOND, CountyBank(clearing=-6_500, log=log[1:])),
        }
        roll_up(make_union(place / "union", homes))
        yield place / "union"


@pytest.fixture(autouse=True)
def _served(settings: Any, union: Path) -> None:
    bank = Bank(union)
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def leader() -> Client:
    """Return the browser of a leader of the union."""
    return signed_in_browser("leader1", ("union_leader", ""))


@pytest.fixture
def president() -> Client:
    """Return the browser of the president of the first county."""
    return signed_in_browser("president1", ("bank_president", FIRST))


def looks_of(username: str) -> list[tuple[str, str, str]]:
    """Return what is written down of a user's dealings with counties: action, county or number, and result."""
    from maisui.web.audit.models import AuditRecord

    found = AuditRecord.objects.filter(actor_username=username, object_type="county").order_by("sequence")
    return [(one.action, one.object_id, one.result) for one in found]


def request_number() -> int:
    """Return the number of the only request."""
    from maisui.web.county_access.models import CountyAccess

    return CountyAccess.objects.get().pk


def text_of(client: Client, address: str) -> str:
    """Return a page's text without its tags."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_leader_sees_sums_places_mirrors_and_what_is_unmatched(leader: Client) -> None:
    assert leader.get("/")["Location"] == "/jurisdiction/"
    page = text_of(leader, "/jurisdiction/")
    assert "东县农商行" in page
    assert "西县农信社" in page
    assert "未核销 5.00 元" in page
    assert "1 对不符" in page
    assert "✓ 已汇总" in page


def test_banks_are_held_against_those_of_their_kind(leader: Client) -> None:
    table = leader.get("/jurisdiction/?within=kind:credit_union").content.decode().split('id="look-title"')[0]
    assert "西县农信社" in table
    assert "东县农商行" not in table
    assert "1/1" in table


def test_who_does_not_see_the_whole_union_does_not_see_the_page(president: Client) -> None:
    assert president.get("/jurisdiction/").status_code == 403
    assert signed_in_browser("leader2", ("union_leader", FIRST)).get("/jurisdiction/").status_code == 403


def test_nobody_looks_into_a_county_before_it_agrees(leader: Client) -> None:
    assert leader.get(f"/jurisdiction/county/{FIRST}/").status_code == 404
    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    assert leader.get(f"/jurisdiction/county/{FIRST}/").status_code == 404
    assert looks_of("leader1") == [
        ("county_view", FIRST, "refused"),
        ("county_ask", FIRST, "allowed"),
        ("county_view", FIRST, "refused"),
    ]


def test_a_county_lets_in_for_some_days_and_every_look_is_recorded(leader: Client, president: Client) -> None:
    from maisui.web.county_access.models import CountyAccess

    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    assert REASON in text_of(president, "/county-access/")
    president.post(f"/county-access/{request_number()}/grant/")
    page = text_of(leader, f"/jurisdiction/county/{FIRST}/")
    assert "North Street" in page
    assert "Customer C" not in page
    assert "1 次 最近" in text_of(president, "/county-access/"), "the county sees that it was looked into"
    assert leader.get(f"/jurisdiction/county/{SECOND}/").status_code == 404
    assert looks_of("leader1")[1:] == [("county_view", FIRST, "allowed"), ("county_view", SECOND, "refused")]
    CountyAccess.objects.update(valid_until=timezone.localdate())
    assert leader.get(f"/jurisdiction/county/{FIRST}/").status_code == 404


def test_a_right_that_the_county_ends_is_over_at_once(leader: Client, president: Client) -> None:
    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    president.post(f"/county-access/{request_number()}/grant/")
    president.post(f"/county-access/{request_number()}/end/")
    assert leader.get(f"/jurisdiction/county/{FIRST}/").status_code == 404


def test_a_request_stands_on_the_day_of_who_decides_and_its_answer_before_who_asked(leader: Client, president: Client) -> None:
    from maisui.web.county_access.models import CountyAccess

    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    assert "联社查看授权 1" in text_of(president, "/my-day/")
    assert "联社查看授权 1" not in text_of(signed_in_browser("president2", ("bank_president", SECOND)), "/my-day/")
    assert "待该行批准" in text_of(leader, "/jurisdiction/")
    president.post(f"/county-access/{request_number()}/refuse/")
    assert "联社查看授权 1" not in text_of(president, "/my-day/")
    assert "拒绝了申请" in text_of(leader, "/jurisdiction/")
    CountyAccess.objects.update(is_granted=True, valid_until=timezone.localdate())
    assert "查看授权已于" in text_of(leader, "/jurisdiction/")
    CountyAccess.objects.update(valid_until=timezone.localdate() - timedelta(days=15))
    assert "查看授权已于" not in text_of(leader, "/jurisdiction/"), "after two weeks it is history"


def test_only_the_county_itself_decides(leader: Client) -> None:
    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    for other in (signed_in_browser("president2", ("bank_president", SECOND)), signed_in_browser("president3", ("bank_president", ""))):
        assert other.post(f"/county-access/{request_number()}/grant/").status_code == 404
    both = signed_in_browser("both1", ("union_leader", ""), ("bank_president", FIRST))
    both.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "7"})
    from maisui.web.county_access.models import CountyAccess

    own = CountyAccess.objects.get(asked_by__username="both1")
    both.post(f"/county-access/{own.pk}/grant/")
    own.refresh_from_db()
    assert own.is_granted is None


@pytest.mark.parametrize(
    ("reason", "days", "county"), [("短", "30", FIRST), (REASON, "91", FIRST), (REASON, "0", FIRST), (REASON, "30", "NOBODY")]
)
def test_a_request_needs_a_reason_an_end_and_a_county(leader: Client, reason: str, days: str, county: str) -> None:
    from maisui.web.county_access.models import CountyAccess

    leader.post("/jurisdiction/ask/", {"county": county, "reason": reason, "days": days})
    assert not CountyAccess.objects.exists()
    assert looks_of("leader1") == [("county_ask", county, "refused")]


def test_a_right_counts_for_whoever_asked_only(leader: Client, president: Client) -> None:
    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    president.post(f"/county-access/{request_number()}/grant/")
    assert signed_in_browser("leader3", ("union_leader", "")).get(f"/jurisdiction/county/{FIRST}/").status_code == 404
    from maisui.web.county_access.models import CountyAccess

    assert CountyAccess.objects.get().valid_until == timezone.localdate() + timedelta(days=30)


def test_the_page_is_taken_out_with_every_bank_and_pair(leader: Client, president: Client) -> None:
    """Both banks stand in it with their places, the totals are the page's, what is unmatched is said, and a county may not have it."""
    book = load_workbook(io.BytesIO(leader.get("/jurisdiction/export.xlsx").content))
    cells = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    banks = next(rows for name, rows in cells.items() if name.startswith("行社对比"))
    placed = [row for row in banks if any(re.fullmatch(r"[12]/2", str(cell)) for cell in row)]
    assert len(placed) == 2, "both banks, each with its places"
    positions = next(rows for name, rows in cells.items() if name.startswith("系统内头寸"))
    assert [row[3] for row in positions if "未核销" in row] == [5], positions
    assert len([row for rows in cells.values() for row in rows if FIRST in str(row)]) == 0, "banks stand under their names"
    assert leader.get("/jurisdiction/export.pdf").content.startswith(b"%PDF")
    assert president.get("/jurisdiction/export.xlsx").status_code == 403


def test_the_overview_and_the_channels_of_a_union_have_no_part_that_cannot_be_made(leader: Client) -> None:
    """A union has neither targets nor limits of one bank, and no customers of channels: what rests on them is left out, not broken."""
    for address in ("/overview/", f"/overview/?org={FIRST}", "/channels/"):
        page = text_of(leader, address)
        assert "算不出来" not in page
        assert "系统原文" not in page
    assert "渠道活跃客户数" not in text_of(leader, "/channels/")


def test_the_overview_of_one_bank_leads_to_the_request_and_then_to_the_look(leader: Client, president: Client) -> None:
    """No request: to the form with the bank chosen; asked: it says so; granted: to the organisations. Of the whole union nothing is said."""
    ask, look = f'href="/jurisdiction/?county={SECOND}#look-title"', f'href="/jurisdiction/county/{FIRST}/"'
    assert ask in leader.get(f"/overview/?org={SECOND}").content.decode()
    assert f'<option value="{SECOND}" selected>' in leader.get(f"/jurisdiction/?county={SECOND}").content.decode()
    assert "申请查看" not in text_of(leader, "/overview/")
    leader.post("/jurisdiction/ask/", {"county": FIRST, "reason": REASON, "days": "30"})
    assert "已申请，待该行批准" in text_of(leader, f"/overview/?org={FIRST}")
    president.post(f"/county-access/{request_number()}/grant/")
    assert look in leader.get(f"/overview/?org={FIRST}").content.decode()
    assert "申请查看" not in text_of(president, f"/overview/?org={FIRST}"), "the bank's own president asks nobody"


def test_the_channels_of_a_union_promise_no_forecast(leader: Client) -> None:
    """Forecasts are a bank's: neither an empty column nor a link to a page that is not there."""
    page = leader.get("/channels/").content.decode()
    assert "/forecasts/" not in page
    assert "下月预计" not in page


def test_the_consolidated_lines_stand_as_on_a_statement_and_rules_have_names(leader: Client) -> None:
    page = text_of(leader, "/jurisdiction/")
    section = page[page.index("合并资产负债表") :]
    known = [name for name in ("现金", "存放中央银行款项", "贷款", "贷款损失准备", "其他资产") if f" {name} " in section]
    places = [section.index(f" {name} ") for name in known]
    assert len(known) > 1
    assert places == sorted(places)
