"""Whether the files and lines that `maisui explain` names really hold the rows behind a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from functional.conftest import LAST_DAY, Demo

from maisui.example_bank.row_template import field_order

pytestmark = pytest.mark.xdist_group("demo")
ORG, BALANCE, POSTED_ORG = 1, 12, 2


def evidence(demo: Demo, *words: str) -> list[dict[str, Any]]:
    (part,) = demo.ask("explain", *words, "--json").json["parts"]
    return part["source_files"]


def named_lines(demo: Demo, source_file: dict[str, Any]) -> list[list[str]]:
    """Return the fields of the physical lines a source file entry names, first to last."""
    path = demo.home / "inbox" / source_file["source"] / source_file["file"]
    lines = path.read_bytes().decode("utf-8").split("\n")
    return [line.split("\x01") for line in lines[source_file["first_line"] - 1 : source_file["last_line"]]]


def test_the_lines_behind_a_balance_add_up_to_it(demo: Demo) -> None:
    files = evidence(demo, "deposit_balance", "--date", LAST_DAY)
    total = sum((Decimal(line[BALANCE]) for file in files for line in named_lines(demo, file)), Decimal(0))

    assert {file["feed"] for file in files} == {"GRCKFHZ", "DGCKFHZ"}
    assert all(len(named_lines(demo, file)) == file["rows"] == file["rows_in_file"] for file in files)
    assert total == Decimal(demo.figure("deposit_balance", "--date", LAST_DAY)["value"])


def test_the_lines_behind_an_outlets_balance_are_within_the_range_named(demo: Demo) -> None:
    outlet = sorted(demo.values("deposit_balance", "organisation"))[2]
    files = evidence(demo, "deposit_balance", "--org", outlet)
    own = [[line for line in named_lines(demo, file) if line[ORG] == outlet] for file in files]

    assert [len(lines) for lines in own] == [file["rows"] for file in files]
    assert all(named_lines(demo, file)[place][ORG] == outlet for file in files for place in (0, -1))
    assert sum((Decimal(line[BALANCE]) for lines in own for line in lines), Decimal(0)) == Decimal(
        demo.values("deposit_balance", "organisation")[outlet]
    )


def test_the_lines_behind_bad_loans_are_loans_and_card_overdrafts(demo: Demo) -> None:
    files = evidence(demo, "npl_balance", "--date", LAST_DAY)
    total = Decimal(0)
    for file in files:
        order = field_order(file["feed"])
        amount, grade = (order.index(name) for name in (("TZJE", "WJFL") if file["feed"] == "XYKSXQKB" else ("DKYE", "DKWJFL")))
        lines = [line for line in named_lines(demo, file) if line[grade] in ("次级", "可疑", "损失") and Decimal(line[amount])]
        assert len(lines) == file["rows"], file["feed"]
        total += sum(Decimal(line[amount]) for line in lines)

    assert "XYKSXQKB" in {file["feed"] for file in files}
    assert total == Decimal(demo.figure("npl_balance", "--date", LAST_DAY)["value"])


def test_a_balance_between_reports_names_the_report_and_the_postings_since(demo: Demo) -> None:
    files = evidence(demo, "deposit_balance", "--date", "2025-07-16")
    reports = [file for file in files if file["table"] == "account_snapshot"]
    postings = [file for file in files if file["table"] == "account_transaction"]

    assert {file["business_date"] for file in reports} == {"2025-06-30"}
    assert {file["business_date"] for file in postings} == {"2025-07-31"}
    for file in postings:
        day, side, amount = (15, 14, 18) if file["feed"] == "GRCKFHZMX" else (13, 12, 16)
        counted = [line for line in named_lines(demo, file) if "20250701" <= line[day] <= "20250716"]
        assert len(counted) == file["rows"], (side, amount)


def test_the_lines_behind_a_flow_are_the_postings_of_its_period(demo: Demo) -> None:
    files = [file for file in evidence(demo, "transaction_count", "--date", LAST_DAY) if file["table"] == "account_transaction"]
    counted = 0
    for file in files:
        day, content = (15, 13) if file["feed"] == "GRCKFHZMX" else (13, 11)
        lines = [
            line for line in named_lines(demo, file) if "20261001" <= line[day] <= "20261031" and line[content] not in ("结息", "批量交易")
        ]
        assert len(lines) == file["rows"]
        counted += len(lines)
    reversals = int(demo.figure("reversal_count", "--date", LAST_DAY)["value"])

    assert counted - 2 * reversals == int(demo.figure("transaction_count", "--date", LAST_DAY)["value"])


def test_source_columns_name_what_the_figure_is_made_of(demo: Demo) -> None:
    (part,) = demo.ask("explain", "deposit_balance", "--json").json["parts"]

    assert {"east5_grckfhz.CKYE", "east5_dgckfhz.CKYE", "east5_grckfhzmx.JYJE"} <= set(part["source_columns"])
    assert not [name for name in part["source_columns"] if "ZJHM" in name or "KHXM" in name]
