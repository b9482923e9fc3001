"""A union of two mini banks: what it sums, what it takes out, what it names, and what never enters it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import is_three_lines, plans_made_once, tell
from mini_bank import ACCOUNTS
from scratch import scratch_folder
from union_home import EAST_AT_WEST, FIRST, LAST_DAY, SECOND, UNION, WEST_AT_EAST, Attempt, CountyBank, make_county, make_union, roll_up

from maisui.answers import CHILD, Question, ask
from maisui.answers.union import eliminations, mirror_lines
from maisui.consolidation import WITHHELD, roll_up_query, rolled_up, withheld_reason
from maisui.errors import QuestionError
from maisui.metrics import CATALOGUE
from maisui.pipeline.consolidate import UNION_TABLES
from maisui.tables import ALL, BY_NAME, Privacy
from maisui.warehouse.home import ELIMINATION, open_home
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import current_version

EAST = CountyBank(clearing=7_000, log=(*EAST_AT_WEST, *WEST_AT_EAST))
WEST = CountyBank(
    tuple(replace(a, start=3 * a.start) if a.kind == "loan" else a for a in ACCOUNTS), clearing=-7_000, log=(*EAST_AT_WEST, *WEST_AT_EAST)
)
DAY = "2026-03-31"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Two counties and their union, published once for all tests that only read them."""
    with scratch_folder() as place, plans_made_once():
        homes = {FIRST: make_county(place / "east", FIRST, EAST), SECOND: make_county(place / "west", SECOND, WEST)}
        roll_up(make_union(place / "union", homes))
        yield place


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[Reader]:
    """Read the union's version."""
    with _reader(folder / "union") as opened:
        yield opened


def _reader(home: Path) -> Reader:
    place = open_home(home)
    return open_reader(place.versions, place.parts)


def _values(reader: Reader, metric: str, *by: str, day: date | None = None) -> dict[str, Decimal | None]:
    return {"/".join(row.dimensions.values()): row.value for row in ask(reader, Question(metric, by, day=day)).rows}


def _cents(bank: CountyBank, kind: str) -> int:
    held = bank.balances(LAST_DAY)
    return sum(held[account.number] for account in bank.accounts if account.kind == kind)


# --- sums ---


def test_deposits_of_the_union_are_those_of_both_counties(reader: Reader) -> None:
    east, west = (Decimal(_cents(bank, "deposit")) / 100 for bank in (EAST, WEST))
    assert _values(reader, "deposit_balance", "legal_entity") == {FIRST: east, SECOND: west}
    assert _values(reader, "deposit_balance", CHILD) == {FIRST: east, SECOND: west}
    assert _values(reader, "deposit_balance") == {"": east + west}


def test_a_ratio_is_the_sum_of_both_sides_over_the_counties(reader: Reader) -> None:
    (row,) = ask(reader, Question("loan_to_deposit_ratio")).rows
    loans, deposits = (_cents(EAST, kind) + _cents(WEST, kind) for kind in ("loan", "deposit"))
    assert (row.numerator, row.denominator) == (Decimal(loans) / 100, Decimal(deposits) / 100)
    assert row.value == (Decimal(loans) / deposits).quantize(Decimal("0.000001"))
    of_counties = _values(reader, "loan_to_deposit_ratio", "legal_entity")
    assert of_counties == {
        code: (Decimal(_cents(bank, "loan")) / _cents(bank, "deposit")).quantize(Decimal("0.000001"))
        for code, bank in ((FIRST, EAST), (SECOND, WEST))
    }


def test_a_customer_of_two_counties_counts_twice_and_the_answer_says_so(reader: Reader) -> None:
    answer = ask(reader, Question("customer_count"))
    assert answer.rows[0].value == 2 * len({account.customer for account in EAST.accounts})
    assert [note.en for note in answer.notes] == ["customers of the legal entities are added up: a customer of two counts twice"]
    assert not ask(reader, Question("customer_count", ("legal_entity",))).notes


def test_the_largest_borrowers_of_counties_are_not_those_of_the_union(reader: Reader) -> None:
    with pytest.raises(QuestionError, match="does not add up over counties"):
        ask(reader, Question("largest_borrower_ratio"))
    assert ask(reader, Question("largest_borrower_ratio", ("legal_entity",))).question.by == ("legal_entity",)


# --- nobody's rows ---


def test_no_table_of_a_union_tells_customers_accounts_or_staff_apart(reader: Reader) -> None:
    personal = {column.name for table in ALL for column in table.columns if column.privacy is Privacy.PERSONAL}
    for table in UNION_TABLES:
        assert not [column.name for column in table.columns if column.privacy is Privacy.PERSONAL], table.name
        assert not personal & set(table.grain), table.name
        for column in {"employee_number", "teller_number", "person_number"} & set(table.column_names):
            found = {row[0] for row in reader.rows(f"SELECT DISTINCT {column} FROM {table.name}")}
            assert found <= {"assigned", "unassigned", "all", None}, (table.name, column)
        if "organisation_code" in table.column_names:
            found = {row[0] for row in reader.rows(f"SELECT DISTINCT organisation_code FROM {table.name}")}
            assert found <= {UNION, ELIMINATION, FIRST, SECOND}, table.name


def test_every_other_table_of_a_bank_is_empty_in_a_union(reader: Reader) -> None:
    held = {table.name for table in UNION_TABLES}
    for table in ALL:
        if table.published and table.name not in held:
            assert reader.rows(f"SELECT count(*) FROM {table.name}") == [(0,)], table.name


@pytest.mark.parametrize(
    "name", ["customer_month", "customer_channel_month", "account_month", "attempt_agency", "person", "manager_assignment"]
)
def test_a_table_with_customers_can_never_be_rolled_up(name: str) -> None:
    assert BY_NAME[name] not in rolled_up()
    with pytest.raises(ValueError, match="must not enter a union"):
        roll_up_query(BY_NAME[name])


def test_every_metric_is_either_in_the_union_or_refused_with_a_reason(reader: Reader) -> None:
    for metric in CATALOGUE:
        marts = {measure.mart for measure in (metric.numerator, metric.denominator) if measure is not None}
        kept_out = {mart for mart in marts if mart in WITHHELD or withheld_reason(BY_NAME[mart])}
        assert kept_out or all(BY_NAME[mart] in UNION_TABLES for mart in marts), metric.code
        if kept_out:
            with pytest.raises(QuestionError, match="a union does not hold"):
                ask(reader, Question(metric.code))


# --- the consolidated ledger ---


def test_positions_against_each_other_are_taken_out_and_nothing_is_left(reader: Reader) -> None:
    day, (line,) = eliminations(reader, LAST_DAY)
    assert (day, line.rule, line.subjects) == (LAST_DAY, "clearing", ("3102",))
    assert line.positions == ((FIRST, Decimal("70.00")), (SECOND, Decimal("-70.00")))
    assert (line.debit, line.credit, line.unmatched) == (Decimal("70.00"), Decimal("70.00"), Decimal(0))
    by_place = {
        tuple(row[:2]): row[2]
        for row in reader.rows(
            "SELECT organisation_code, subject_code, sum(balance) FROM ledger_day WHERE subject_code LIKE '%clearing' OR subject_code = '3102' GROUP BY 1, 2"
        )
    }
    assert by_place == {
        (FIRST, "3102"): Decimal("70.00"),
        (SECOND, "3102"): Decimal("-70.00"),
        (ELIMINATION, "3102"): Decimal("0.00"),
        (ELIMINATION, "unmatched.clearing"): Decimal("0.00"),
    }


@pytest.fixture(scope="module")
def untied(folder: Path) -> Path:
    """The union of the same first county and a second that owes five yuan less and logs one use more."""
    extra = Attempt(date(2026, 3, 20), FIRST, SECOND, 1_250)
    second = make_county(folder / "other", SECOND, CountyBank(clearing=-6_500, log=(*WEST.log, extra)))
    union = make_union(folder / "untied", {FIRST: folder / "east", SECOND: second})
    roll_up(union)
    return union


def test_what_finds_no_other_side_is_kept_apart_and_named(untied: Path) -> None:
    (control, *_) = tell("status", "--home", str(untied), "--json").json["tie_outs"]
    assert (control["checked"], control["violations"], control["difference"]) == (1, 1, "5.00")
    assert control["details"][0]["positions"] == f"{FIRST} 70.00; {SECOND} -65.00"
    with _reader(untied) as opened:
        ((debit,),) = opened.rows("SELECT sum(balance) FROM ledger_day WHERE subject_code = '3102'")
        ((rest,),) = opened.rows("SELECT sum(balance) FROM ledger_day WHERE subject_code = 'unmatched.clearing'")
        ((closing, other),) = opened.rows(
            "SELECT sum(closing_debit_balance), sum(closing_credit_balance) FROM ledger_snapshot WHERE subject_code = 'unmatched.clearing'"
        )
        lines = opened.rows(
            "SELECT line_code, sum(balance) FROM ledger_line_day WHERE organisation_code = ? AND business_date = ? GROUP BY 1 HAVING sum(balance) <> 0 ORDER BY 1",
            [ELIMINATION, LAST_DAY],
        )
        notes = [note.en for note in ask(opened, Question("total_asset_balance")).notes]
    assert (debit, rest, closing, other) == (Decimal("0.00"), Decimal("5.00"), Decimal("5.00"), Decimal("0.00"))
    assert sum(amount for _, amount in lines) == Decimal("0.00")
    assert f"the rule clearing leaves 5.00 CNY unmatched: {FIRST} 70.00; {SECOND} -65.00" in notes


# --- mirrors ---


def test_what_each_logs_of_the_other_is_held_together_by_pair_and_month(reader: Reader) -> None:
    found = {(line.acquirer, line.issuer, line.month_start): line for line in mirror_lines(reader)}
    assert set(found) == {
        (SECOND, FIRST, date(2026, 2, 1)),
        (SECOND, FIRST, date(2026, 3, 1)),
        (FIRST, SECOND, date(2026, 3, 1)),
    }
    line = found[SECOND, FIRST, date(2026, 3, 1)]
    assert (line.acquirer_count, line.issuer_count, line.acquirer_amount, line.issuer_amount) == (
        1,
        1,
        Decimal("250.00"),
        Decimal("250.00"),
    )
    assert all(line.ties for line in found.values())


def test_a_use_that_only_one_side_logs_is_a_difference_of_its_pair(untied: Path) -> None:
    (_, control, _) = tell("status", "--home", str(untied), "--json").json["tie_outs"]
    assert (control["checked"], control["violations"], control["difference"]) == (3, 1, "12.50")
    assert control["details"] == [
        {
            "month_start": "2026-03-01",
            "acquirer_code": SECOND,
            "issuer_code": FIRST,
            "acquirer_count": "2",
            "issuer_count": "1",
            "difference_amount": "12.50",
        }
    ]


# --- versions ---


def test_the_same_versions_give_the_same_union_and_nothing_is_computed_again(folder: Path, tmp_path: Path) -> None:
    home = shutil.copytree(folder / "union", tmp_path / "union")
    before = current_version(open_home(home).versions)
    assert roll_up(home, second=1).was_published_before
    shutil.rmtree(home / "union")
    assert roll_up(home, second=2).manifest.version == before


def test_a_late_and_a_missing_member_are_named_and_never_silently_left_out(folder: Path, tmp_path: Path) -> None:
    early = make_county(tmp_path / "west", SECOND, WEST, day=date(2026, 2, 28))
    union = make_union(tmp_path / "union", {FIRST: folder / "east", SECOND: early})
    manifest = roll_up(union).manifest
    assert [member.is_late(manifest.reporting_date) for member in manifest.members] == [False, True]
    with _reader(union) as opened:
        assert [note.en for note in ask(opened, Question("deposit_balance")).notes] == [
            "West County Credit Union (WEST01) ends on 2026-02-28"
        ]
        assert set(_values(opened, "deposit_balance", "legal_entity", day=date(2026, 2, 28))) == {FIRST, SECOND}
        assert not ask(opened, Question("deposit_balance", day=date(2026, 2, 28))).notes
    shutil.rmtree(early)
    told = roll_up(union, second=1).manifest.members[1]
    assert (told.is_missing, told.reason) == (True, "it has published nothing yet")
    with _reader(union) as opened:
        assert [note.en for note in ask(opened, Question("deposit_balance")).notes] == [
            "without West County Credit Union (WEST01): it has published nothing yet"
        ]


def test_a_past_day_is_rolled_up_from_the_versions_of_that_day(folder: Path, tmp_path: Path) -> None:
    union = make_union(tmp_path / "union", {FIRST: folder / "east", SECOND: folder / "west"})
    assert is_three_lines(tell("run", "--date", "2026-02-28", "--home", str(union)).err)
    assert not (union / "union" / "versions").exists()


# --- the command line ---


def test_the_command_line_tells_members_and_answers_by_legal_entity(folder: Path) -> None:
    union = str(folder / "union")
    told = json.loads(tell("status", "--home", union, "--json").out)
    assert [(m["code"], m["state"], m["date"]) for m in told["members"]] == [(FIRST, "current", DAY), (SECOND, "current", DAY)]
    asked = tell("ask", "deposit_balance", "--by", "legal_entity", "--home", union, "--json").json
    assert [row["dimensions"]["legal_entity"] for row in asked["rows"]] == [FIRST, SECOND]
    explained = tell("explain", "total_asset_balance", "--home", union)
    assert "East County Bank: version" in explained.out
    assert "taken out by the rules clearing" in explained.out.replace("\n", " ")


def test_a_union_without_members_or_with_an_inbox_of_its_own_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "bank.toml").write_text('[union]\ncode = "U1"\n\n[bank]\nlegal_entity_code = "A"\nsources = ["east5"]\n', encoding="utf-8")
    told = tell("status", "--home", str(tmp_path)).err
    assert "a union needs its members" in told
    assert "not both" in told
