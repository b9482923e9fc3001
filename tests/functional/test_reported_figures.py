"""Reports of the example bank against its figures: every planted cause is found, with its amount, and nothing else."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from functional.conftest import Demo

from maisui.answers import Agreement, cause_rows, compare_figure, reported_figures
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("demo")
CAUSES = {
    "closed outlet counted in": "merged_outlet",
    "closed outlet left out": "left_out:moved_from",
    "guarantee deposits left out": "product_group",
    "notice deposits left out": "product_group",
    "corporate deposits left out": "customer_kind",
    "discounted bills counted in": "book",
    "of the day before": "day",
    "in ten thousands": "unit",
    "one balance wrong": "differs:amount",
}


def test_every_planted_cause_is_found_with_its_amount(demo: Demo) -> None:
    planted = json.loads((demo.home / "truth" / "summary.json").read_text(encoding="utf-8"))["reported_figures"]
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        figures = {(one.report, one.organisation, one.day, one.metric): one for one in reported_figures(reader)}
        assert len(figures) == len(planted) == 9
        most = 0
        for told in planted:
            day = datetime.strptime(told["day"], "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
            found = compare_figure(reader, figures[told["report"], told["organisation"], day, told["metric"]])
            bills = told["planted"].pop("numerator with discounted bills", None)
            if bills is not None:
                lent, deposits = (compare_figure(reader, figures[key]).ours for key in _sides(told, day))
                assert lent is not None
                assert deposits is not None
                by_hand = lent / deposits - (lent - Decimal(bills) / 100) / deposits
                (cause, *rounding) = found.causes
                assert (cause.code, [one.code for one in rounding]) == ("numerator=loan_balance", ["rounding"])
                assert abs(cause.amount - by_hand) <= Decimal("0.000001")
                assert found.unexplained == 0
                continue
            mistyped = told["planted"].pop("mistyped", None)
            if mistyped is not None:
                assert (found.state, found.unexplained) == (Agreement.UNEXPLAINED, Decimal(mistyped) / 100)
                continue
            causes = [cause for cause in found.causes if cause.code != "rounding"]
            wanted = {CAUSES[name]: Decimal(cents) / 100 for name, cents in told["planted"].items() if cents}
            assert {
                cause.code.partition("=")[0].replace("left_out:customer_kind", "customer_kind"): cause.amount for cause in causes
            } == wanted
            assert found.unexplained == 0
            most = max(most, len(causes))
            for cause in (one for one in causes if one.has_rows):
                assert cause_rows(reader, found, cause, visible=None, page=1, page_size=1).amount == cause.amount
        assert most == 3


def _sides(told: dict[str, str], day: date) -> list[tuple[str, str, date, str]]:
    """Return the reported figures of the example bank that are the two sides of its reported ratio."""
    return [
        (told["report"], told["organisation"], day, "loan_balance"),
        ("1104 G01 资产负债项目统计表", told["organisation"], day, "deposit_balance"),
    ]
