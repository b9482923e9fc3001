"""What a bank may say about its controls: who may loosen what, from which day until which, and that every fault is told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from maisui.errors import HomeError
from maisui.pipeline.control_settings import ControlSettings, Tolerance, load_control_settings
from maisui.reconciliation import RULES, subject_lines
from maisui.reconciliation.subject_sets import SubjectLine, subject_lines_query
from maisui.warehouse.home import open_home

BANK = '[bank]\nlegal_entity_code = "B1"\nsources = ["east5"]\n'
STOPS = next(rule for rule in RULES if not rule.setting)
DEPOSITS = next(rule for rule in RULES if rule.code == "deposit_equals_ledger")
LOANS = next(rule for rule in RULES if rule.code == "loan_equals_ledger")
TOLERATED = {
    "control": '"deposit_equals_ledger"',
    "amount": '"0.05"',
    "valid_from": "2026-01-01",
    "valid_until": "2026-07-01",
    "decided_by": '"财务部"',
    "reason": '"尾差"',
}
SUBJECT = {"set": '"deposit"', "match": '"code"', "pattern": '"2251"', "element": '"liability"', "valid_from": "2026-01-01"}


def settings(folder: Path, text: str) -> ControlSettings:
    """Return what the bank.toml with `text` says about controls."""
    (folder / "bank.toml").write_text(BANK + text, encoding="utf-8")
    return load_control_settings(open_home(folder))


def entry(kind: str, lines: dict[str, str]) -> str:
    """Return one entry of bank.toml."""
    return f"[[{kind}]]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())


def faults(folder: Path, text: str) -> list[str]:
    """Return what is told of a bank.toml that is refused."""
    with pytest.raises(HomeError) as refused:
        settings(folder, text)
    return [line.removeprefix("- ") for line in refused.value.what.split("\n")]


def test_a_bank_that_says_nothing_has_the_products_severities_and_tolerates_nothing(tmp_path: Path) -> None:
    said = settings(tmp_path, "")
    assert said.tolerances == ()
    assert said.subject_lines == subject_lines()
    assert {rule.code: said.severity(rule) for rule in RULES} == {rule.code: rule.severity for rule in RULES}


def test_a_control_listens_to_its_own_entry_before_that_of_its_kind_and_one_that_always_stops_to_none(tmp_path: Path) -> None:
    said = settings(tmp_path, '[reconciliation]\nledger = "stop"\nloan_equals_ledger = "warn"\n')
    assert (DEPOSITS.severity, said.severity(DEPOSITS), said.severity(LOANS)) == ("warn", "stop", "warn")
    silenced = ControlSettings({STOPS.code: "warn", "": "warn"}, (), ())
    assert silenced.severity(STOPS) == "stop"


def test_a_tolerance_holds_for_its_control_from_its_day_until_another_or_for_ever(tmp_path: Path) -> None:
    open_end = {name: value for name, value in TOLERATED.items() if name != "valid_until"} | {"control": '"balances_roll"'}
    said = settings(tmp_path, entry("tolerance", TOLERATED) + entry("tolerance", open_end))
    ends = Tolerance("deposit_equals_ledger", Decimal("0.05"), date(2026, 1, 1), date(2026, 7, 1), "财务部", "尾差")
    assert said.tolerances_of(DEPOSITS) == (ends,)
    assert [(one.control, one.valid_until) for one in said.tolerances] == [
        ("deposit_equals_ledger", date(2026, 7, 1)),
        ("balances_roll", date(9999, 12, 31)),
    ]
    assert said.tolerances_of(LOANS) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"control": '"deposits"'}, "tolerance of 'deposits': there is no such control, or it always stops"),
        ({"control": f'"{STOPS.code}"'}, f"tolerance of '{STOPS.code}': there is no such control, or it always stops"),
        *(
            ({"amount": amount}, "tolerance of 'deposit_equals_ledger': amount must be quoted with two decimals, such as \"0.05\"")
            for amount in ('"0.5"', '"0.055"', '"-0.05"', '"1e5"', '"1,000.00"', '"1234567890123.00"', '"0.05 "', "5")
        ),
        *(
            ({name: value}, "tolerance of 'deposit_equals_ledger': valid_from (and valid_until, if any) must be dates such as 2026-01-01")
            for name in ("valid_from", "valid_until")
            for value in ('"2026-01-01"', "2026-01-01T00:00:00", "20260101")
        ),
        (
            {"valid_from": None},
            "tolerance of 'deposit_equals_ledger': valid_from (and valid_until, if any) must be dates such as 2026-01-01",
        ),
        *(
            ({name: value}, "tolerance of 'deposit_equals_ledger': decided_by and reason say who accepted the difference, and why")
            for name in ("decided_by", "reason")
            for value in ('" "', None)
        ),
        ({"until": "2026-09-01"}, "tolerance of 'deposit_equals_ledger': unknown setting until"),
    ],
)
def test_a_difference_is_forgiven_only_by_a_line_without_a_fault(tmp_path: Path, changed: dict[str, str | None], told: str) -> None:
    lines = {name: value for name, value in (TOLERATED | changed).items() if value is not None}
    assert faults(tmp_path, entry("tolerance", lines)) == [told]


def test_every_fault_of_every_line_is_told_at_once(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        f'[reconciliation]\nledgers = "stop"\n"" = "warn"\n{STOPS.code} = "warn"\n'
        + entry("tolerance", {"control": '"a"', "amount": '"1"', "valid_from": "2026-01-01", "decided_by": '"b"', "reason": '"c"'})
        + entry("tolerance", {"control": '"balances_roll"', "amount": '"0.01"', "valid_from": "2026-01-01", "reason": '"c"'}),
    )
    assert told == [
        "reconciliation.ledgers: there is no such control, or it always stops",
        "reconciliation.: there is no such control, or it always stops",
        f"reconciliation.{STOPS.code}: there is no such control, or it always stops",
        "tolerance of 'a': there is no such control, or it always stops",
        "tolerance of 'a': amount must be quoted with two decimals, such as \"0.05\"",
        "tolerance of 'balances_roll': decided_by and reason say who accepted the difference, and why",
    ]


def test_the_version_of_the_controls_changes_with_every_setting_and_not_with_their_order() -> None:
    tolerance = Tolerance("balances_roll", Decimal("0.01"), date(2026, 1, 1), date(2026, 2, 1), "财务部", "尾差")
    line = SubjectLine("deposit", "code", "2251")
    one = ControlSettings({"ledger": "stop", "balances": "warn"}, (tolerance,), (line,))
    other_order = ControlSettings({"balances": "warn", "ledger": "stop"}, (tolerance,), (line,))
    assert one.version == other_order.version
    assert len(one.version) == 8
    others = [
        ControlSettings({"ledger": "warn", "balances": "warn"}, (tolerance,), (line,)),
        ControlSettings({"ledger": "stop", "balances": "warn"}, (), (line,)),
        ControlSettings({"ledger": "stop", "balances": "warn"}, (tolerance,), ()),
    ]
    assert len({one.version, *(other.version for other in others)}) == 4


def test_the_banks_own_subjects_decide_before_the_products(tmp_path: Path) -> None:
    said = settings(
        tmp_path, entry("control_subject", SUBJECT) + entry("control_subject", {"set": '"none"', "match": '"name"', "pattern": '"保"'})
    )
    assert said.subject_lines == (
        SubjectLine("deposit", "code", "2251", "liability", date(2026, 1, 1), None, is_own=True),
        SubjectLine("none", "name", "保", None, date(1900, 1, 1), None, is_own=True),
        *subject_lines(),
    )
    assert not any(line.is_own for line in subject_lines())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"set": '"deposits"'}, "set must be one of advance, card, deposit, discount, internal, loan, merchant_fee, none"),
        ({"set": None}, "set must be one of advance, card, deposit, discount, internal, loan, merchant_fee, none"),
        ({"match": '"like"'}, "match must be one of subclass, code, name"),
        ({"match": None}, "match must be one of subclass, code, name"),
        ({"pattern": '""'}, "pattern must not be empty"),
        ({"pattern": None}, "pattern must not be empty"),
        ({"element": '"assets"'}, "element must be one of asset, liability, joint, equity, result, off_balance"),
        ({"valid_from": '"2026-01-01"'}, "valid_from and valid_until must be dates such as 2026-01-01"),
        ({"valid_until": '"2026-01-01"'}, "valid_from and valid_until must be dates such as 2026-01-01"),
        ({"valid_until": "2026-01-01T00:00:00"}, "valid_from and valid_until must be dates such as 2026-01-01"),
        ({"since": "2026-01-01"}, "unknown setting since"),
    ],
)
def test_a_line_of_subjects_with_a_fault_is_refused(tmp_path: Path, changed: dict[str, str | None], told: str) -> None:
    lines = {name: value for name, value in (SUBJECT | changed).items() if value is not None}
    (fault,) = faults(tmp_path, entry("control_subject", lines))
    named = f"control_subject {lines.get('set', '').strip(chr(34))!r} {lines.get('pattern', '').strip(chr(34))!r}"
    assert fault == f"{named}: {told}"


@pytest.mark.parametrize("element", ["asset", "liability", "joint", "equity", "result", "off_balance"])
@pytest.mark.parametrize("match", ["subclass", "code", "name"])
def test_every_element_and_every_way_to_match_may_be_named(element: str, match: str) -> None:
    """With its last day, too."""
    own, *_ = subject_lines([{"set": "loan", "match": match, "pattern": "13", "element": element, "valid_until": date(2026, 7, 1)}])
    assert (own.match, own.element, own.valid_from, own.valid_until) == (match, element, date(1900, 1, 1), date(2026, 7, 1))


def test_lines_are_numbered_as_they_decide_and_written_with_their_quotes_and_empty_ends() -> None:
    lines = [
        SubjectLine("none", "name", "d'or", None, date(2026, 1, 1), None, is_own=True),
        SubjectLine("loan", "code", "13", "asset", valid_until=date(2026, 7, 1)),
    ]
    assert duckdb.sql(subject_lines_query(lines)).fetchall() == [
        (1, "none", "name", "d'or", None, date(2026, 1, 1), None, True),
        (2, "loan", "code", "13", "asset", date(1900, 1, 1), date(2026, 7, 1), False),
    ]
