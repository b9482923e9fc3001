"""The page of the ledger in a bank of two outlets that delivers closings only: what stands, what is not known, and nobody else's outlet."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from access.test_interface import get, token_for
from django.test import Client
from mini_bank import ACCOUNTS, MiniBank
from openpyxl import load_workbook
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, make_person, sign_in, signed_in

from maisui.web.ledger_desk import LedgerDesk

pytestmark = pytest.mark.django_db
TABS = ["balance", "income", "trial", "average", "subject", "margin", "ratios"]


def delivered(*outlets: str) -> dict[str, Decimal]:
    """Return what the outlets' lines of the ledger of the last day say, debit positive, by subject."""
    found: dict[str, Decimal] = {}
    for outlet, subject, _, debit, credit in MiniBank().rows("GL", LAST_DAY, None):
        if outlet in outlets:
            found[subject] = found.get(subject, Decimal(0)) + Decimal(debit) - Decimal(credit)
    return found


def amounts(answer: dict, kind: str) -> dict[str, str]:
    """Return the first amount of each line of a kind."""
    return {line["code"]: line["amounts"][0] for line in answer["lines"] if line["kind"] == kind}


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    "more", ["", "&show=months&unit=yuan", "&open=all&level=3", "&period=day&date=2026-01-05", "&view=as-is&period=to-date"]
)
def test_every_tab_has_its_page(tab: str, more: str) -> None:
    page = signed_in("bank_president").get(f"/ledger/?tab={tab}{more}")
    assert page.status_code == 200
    assert "page-tab" in page.content.decode()


def test_an_unknown_tab_is_refused() -> None:
    page = signed_in("bank_president").get("/ledger/?tab=colour")
    assert page.status_code == 400
    assert "colour" in page.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_a_branch_sees_its_own_and_nobody_elses(tab: str) -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/ledger/?tab={tab}").status_code == 200
    assert manager.get(f"/ledger/?tab={tab}&org={BRANCH}").status_code == 200
    for refused in (OTHER_BRANCH, "B0", "NOWHERE"):
        assert manager.get(f"/ledger/?tab={tab}&org={refused}").status_code == 404
        assert manager.get(f"/ledger/export.xlsx?tab={tab}&org={refused}").status_code == 404


def test_a_branch_without_naming_itself_gets_its_own_sums() -> None:
    token = token_for(("branch_manager", BRANCH))
    own = delivered(BRANCH)
    found = get("ledger/balance-sheet", token).json()
    assert found["organisation"] == BRANCH
    assert amounts(found, "line")["deposit"] == str(-own["2011"])
    assert amounts(found, "line")["loan"] == str(own["1303"])
    assert get("ledger/balance-sheet", token, org=OTHER_BRANCH).status_code == 404


def test_the_balance_sheet_of_the_bank_is_its_delivered_lines() -> None:
    both = delivered(BRANCH, OTHER_BRANCH)
    found = get("ledger/balance-sheet", token_for(("bank_president", ""))).json()
    totals = amounts(found, "total")
    assert amounts(found, "subject") == {"1001": str(both["1001"]), "1303": str(both["1303"]), "2011": str(-both["2011"])}
    assert totals["total_assets"] == totals["liabilities_and_equity"] == str(both["1001"] + both["1303"])
    assert amounts(found, "check") == {"imbalance": "0.00"}
    assert Decimal(totals["total_assets"]) > 0


def test_a_subject_whose_line_nobody_knows_stands_by_itself() -> None:
    """The mini bank's cash is called Cash, which no Chinese rule of names knows, and has no business class."""
    lines = get("ledger/balance-sheet", token_for(("bank_president", ""))).json()["lines"]
    (cash,) = [line for line in lines if line["code"] == "1001"]
    assert (cash["line"], cash["is_unmapped"]) == ("other_asset", True)
    page = signed_in("bank_president").get("/ledger/").content.decode()
    assert "ledger_line.1001" in page
    assert ">1303<" not in page


def test_turnover_that_nobody_delivers_is_not_nought() -> None:
    found = get("ledger/trial-balance", token_for(("bank_president", ""))).json()
    assert {row["subject"] for row in found["rows"]} == {"1001", "1303", "2011"}
    assert all(row["debit"] is None and row["credit"] is None and row["difference"] is None for row in found["rows"])
    assert found["total"]["is_balanced"] is True
    assert found["total"]["closing_debit"] == found["total"]["closing_credit"]
    assert found["notes"]


def test_a_day_before_any_ledger_has_no_amounts() -> None:
    found = get("ledger/balance-sheet", token_for(("bank_president", "")), date="2026-01-31").json()
    assert found["columns"][0]["ledger_date"] is None
    assert all(amount is None for line in found["lines"] for amount in line["amounts"])


def test_an_unknown_currency_is_told() -> None:
    assert get("ledger/balance-sheet", token_for(("bank_president", "")), currency="XXX").status_code == 400


def test_the_workbook_keeps_every_digit_and_says_where_subjects_stand() -> None:
    answer = signed_in("bank_president").get("/ledger/export.xlsx")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    both = delivered(BRANCH, OTHER_BRANCH)
    figures = {str(row[1].value): row[3].value for row in book.worksheets[0].iter_rows(min_row=5) if row[1].value}
    assert {subject: Decimal(str(value)).quantize(Decimal("0.01")) for subject, value in figures.items()} == {
        "1001": both["1001"], "1303": both["1303"], "2011": -both["2011"],
    }  # fmt: skip
    assert {row[0].value for row in book.worksheets[1].iter_rows(min_row=5)} == {"1001", "1303", "2011"}


@pytest.mark.parametrize("compared", ["none", "previous_month,year_start"])
def test_each_month_stands_under_its_own_day_in_a_history_of_few_months(compared: str) -> None:
    """The home's only ledger is that of its last day: it stands in the last of three months, whatever is compared besides."""
    answer = signed_in("bank_president").get(f"/ledger/export.xlsx?show=months&compare={compared}")
    assert answer.status_code == 200
    _, _, _, head, *rows = ([cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows())
    assert head[3:] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    both = delivered(BRANCH, OTHER_BRANCH)
    assert {row[1]: [row[3], row[4], Decimal(str(row[5]))] for row in rows if row[1]} == {
        subject: ["—", "—", abs(both[subject])] for subject in ("1001", "1303", "2011")
    }


def test_one_day_of_ledger_is_carried_and_said() -> None:
    found = get("ledger/average-balances", token_for(("bank_president", ""))).json()
    (deposits,) = [row for row in found["rows"] if row["subject"] == "2011"]
    assert deposits["averages"] == [deposits["closing"]] == [str(-delivered(BRANCH, OTHER_BRANCH)["2011"])]
    assert found["columns"][0]["days"] == 1  # the only ledger is that of the last day: the days before it do not count
    assert found["notes"]


def test_a_subject_adds_up_over_its_organisations() -> None:
    found = get("ledger/subjects/2011", token_for(("bank_president", ""))).json()
    assert {one["organisation"]: one["balance"] for one in found["organisations"]} == {
        outlet: str(-delivered(outlet)["2011"]) for outlet in (BRANCH, OTHER_BRANCH)
    }
    assert found["points"][0]["balance"] == str(-delivered(BRANCH, OTHER_BRANCH)["2011"])
    assert get("ledger/subjects/0000", token_for(("bank_president", ""))).status_code == 400


def test_accounts_of_a_subject_are_listed_only_when_asked_and_then_on_record() -> None:
    from maisui.web.audit.models import AuditRecord

    manager = signed_in("branch_manager", BRANCH)
    page = manager.get("/ledger/?tab=subject&subject=2011").content.decode()
    assert "accounts=yes" in page
    assert not AuditRecord.objects.filter(action="subject_accounts").exists()
    shown = manager.get("/ledger/?tab=subject&subject=2011&accounts=yes").content.decode()
    numbers = [account.number for account in ACCOUNTS if account.org == BRANCH and account.kind == "deposit"]
    assert f"{len(numbers)} 户" in shown
    assert [number for number in numbers if number in shown] == []
    (record,) = AuditRecord.objects.filter(action="subject_accounts")
    assert json.loads(record.details)["organisation"] == BRANCH
    assert manager.get(f"/ledger/?tab=subject&subject=2011&accounts=yes&org={OTHER_BRANCH}").status_code == 404


def test_who_may_not_see_customers_is_offered_no_accounts() -> None:
    page = signed_in("teller", BRANCH).get("/ledger/?tab=subject&subject=2011&accounts=yes")
    assert page.status_code == 200
    assert 'id="accounts"' not in page.content.decode()


def test_a_ratio_without_its_inputs_says_which_are_missing() -> None:
    page = signed_in("bank_president").get("/ledger/?tab=ratios").content.decode()
    assert "缺：资本净额、风险加权资产" in page
    assert "≥ 10.5%" in page


def test_a_ratio_of_the_whole_bank_is_none_of_a_branch() -> None:
    assert "仅全行" in signed_in("teller", BRANCH).get("/ledger/?tab=ratios").content.decode()


def test_a_margin_without_interest_has_volumes_only() -> None:
    found = get("ledger/margin", token_for(("bank_president", ""))).json()
    rows = {row["code"]: row for row in found["rows"]}
    both = delivered(BRANCH, OTHER_BRANCH)
    assert (rows["loans"]["average"], rows["deposits"]["average"]) == (str(both["1303"]), str(-both["2011"]))
    assert found["base_margin"] is None
    assert found["effects"] is None


def test_a_bank_without_lines_of_its_own_is_offered_no_tab_for_them() -> None:
    president = signed_in("bank_president")
    assert "tab=own" not in president.get("/ledger/").content.decode()
    assert "own_line." in president.get("/ledger/?tab=own").content.decode()
    analyst = Client()
    sign_in(analyst, make_person("analyst", ("department_analyst", "")))
    assert "tab=own" in analyst.get("/ledger/").content.decode()
    assert get("ledger/own-lines", token_for(("branch_manager", BRANCH)), org=OTHER_BRANCH).status_code == 404


def test_what_is_opened_can_be_closed_again() -> None:
    """The address of the page with nothing open is the empty one: it is an address all the same."""
    page = signed_in("bank_president").get("/ledger/?open=deposit").content.decode()
    assert '<a class="tree-toggle" href="?" aria-expanded="true" data-focus="line-deposit">' in page
    assert ">2011<" in page


def test_who_may_not_export_gets_no_workbook() -> None:
    teller = signed_in("teller", BRANCH)
    assert teller.get("/ledger/").status_code == 200
    assert teller.get("/ledger/export.xlsx").status_code == 403


def test_without_a_ledger_every_tab_says_which_files_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LedgerDesk, "is_delivered", False)
    president = signed_in("bank_president")
    for tab in TABS:
        text = president.get(f"/ledger/?tab={tab}").content.decode()
        assert "没有报送总账：需要总账会计全科目表（EAST 401）与科目对照（402）。" in text, tab
