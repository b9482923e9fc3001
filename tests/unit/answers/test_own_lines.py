"""Lines a bank defines for itself: formulas of subjects and lines, every subject once, or it is listed with its amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest
from example_home import run
from mini_bank import MAPPINGS, MiniBank, deliver, make_home
from scratch import scratch_folder

from maisui.answers import LedgerQuestion, StatementLine, balance_sheet, own_statement
from maisui.answers.ledger import LedgerSubject
from maisui.answers.own_lines import OwnLine, own_rows, used_twice
from maisui.errors import QuestionError
from maisui.parameters.own_formula import parse_formula
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

DAY = date(2026, 3, 31)
PLEDGES = "7101"
SUBJECT_CLASSES = {
    "ledger_subject_snapshot": MAPPINGS["ledger_subject_snapshot"].replace(
        "SELECT\n", f"SELECT\n  CASE subject WHEN '{PLEDGES}' THEN '表外' END AS business_class,\n"
    )
}
STATED = "".join(
    f'\n[[parameter]]\ncode = "{code}"\nvalid_from = {day}\ntext = "{text}"\n'
    for code, day, text in (
        ("own_line.a_lent", "2026-02-01", "+1303"),
        ("own_line_name.a_lent", "2026-02-01", "贷款|Lent"),
        ("own_line.b_owed", "2026-02-01", "+2011"),
        ("own_line.c_gap", "2026-02-01", "[a_lent]-[b_owed]"),
        ("own_line.d_ratio", "2026-02-01", "+1303/+2011"),
        ("own_line.e_ended", "2026-02-01", "+1001"),
        ("own_line.e_ended", "2026-03-31", "off"),
        ("own_line.f_coming", "2026-04-01", "+1001"),
    )
)


class BankWithPledges(MiniBank):
    """The mini bank, whose books balance, with 60.00 of pledges on one side of an off-balance subject."""

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        more = {"GL": [["B1", PLEDGES, "CNY", "60.00", "0.00"]], "SUBJ": [[PLEDGES, "Pledges", "debit", "other"]]}
        return super().rows(feed, day, since) + more.get(feed, [])


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with scratch_folder() as folder:
        path = make_home(folder / "home", mappings=SUBJECT_CLASSES, extra=STATED)
        deliver(path, DAY, bank=BankWithPledges())
        run(path, DAY)
        home = open_home(path)
        with open_reader(home.versions, home.parts) as opened:
            yield opened


def delivered(subject: str) -> Decimal:
    """Return the delivered balance of a subject over both outlets, debit positive."""
    return sum((Decimal(row[3]) - Decimal(row[4]) for row in BankWithPledges().rows("GL", DAY) if row[1] == subject), Decimal(0))


def test_lines_stand_on_the_side_of_their_subjects_and_the_rest_is_listed(reader: Reader) -> None:
    found = own_statement(reader, LedgerQuestion())
    lent, owed = delivered("1303"), -delivered("2011")
    assert found.line("a_lent").amounts == (lent,)
    assert (found.line("a_lent").name_zh, found.line("a_lent").name_en) == ("贷款", "Lent")
    assert found.line("b_owed").amounts == (owed,)
    assert found.line("c_gap").amounts == (lent - owed,)
    assert found.line("d_ratio").amounts == (round(lent / owed, 6),)
    assert found.line("d_ratio").is_share
    assert found.line("unlisted").amounts == (delivered("1001"),)
    assert [one.code for one in found.lines if one.is_unmapped] == ["1001"]
    assert found.line("imbalance").amounts == (Decimal("0.00"),)
    assert found.line("total_assets").amounts == balance_sheet(reader, LedgerQuestion()).line("total_assets").amounts


def test_off_balance_subjects_stand_beside_the_books(reader: Reader) -> None:
    """The 60.00 are neither an imbalance nor unlisted."""
    found = own_statement(reader, LedgerQuestion())
    assert found.line("off_balance").amounts == (Decimal("60.00"),)
    assert [one.line for one in found.lines if one.code == PLEDGES] == ["off_balance"]


def test_a_line_holds_from_its_first_day_until_it_is_switched_off(reader: Reader) -> None:
    codes = {one.code for one in own_statement(reader, LedgerQuestion()).lines}
    assert "e_ended" not in codes
    assert "f_coming" not in codes


def test_before_the_first_line_the_bank_is_told_how_to_begin(reader: Reader) -> None:
    with pytest.raises(QuestionError, match="no lines of its own"):
        own_statement(reader, LedgerQuestion(day=date(2026, 1, 31)))


HELD = (
    ("own_line.a_lent", date(2026, 2, 1), "+1303"),
    ("own_line_name.a_lent", date(2026, 2, 1), "贷款|Lent"),
    ("own_line.b_owed", date(2026, 2, 1), "+2011C"),
    ("own_line.c_gap", date(2026, 2, 1), "[a_lent]-[b_owed]"),
    ("own_line.d_ratio", date(2026, 2, 1), "+1303/+2011"),
    ("own_line.e_ended", date(2026, 2, 1), "+1001"),
    ("own_line.e_ended", date(2026, 3, 31), "off"),
    ("own_line.f_coming", date(2026, 6, 1), "+1001"),
)


@pytest.mark.parametrize(
    ("code", "day", "formula", "told"),
    [
        ("g", "2026-04-01", "+13*", ("2026-04-01", "1303 ", "a_lent Lent")),  # a beginning takes it as well
        ("g", "2026-04-01", "+2011", ("2011 ", "b_owed")),  # on one side, at least
        ("g", "2026-04-01", "+2011D", ()),  # the other side is nobody's
        ("g", "2026-04-01", "[a_lent]+7101", ()),  # a line of lines uses no subject
        ("g", "2026-04-01", "+1303/+1001", ()),  # nor does a quotient
        ("g", "2026-03-01", "+1001", ("2026-03-01", "1001 ", "e_ended")),
        ("g", "2026-04-01", "+1001", ("2026-06-01", "1001 ", "f_coming")),  # not yet, but then
        ("e_ended", "2026-04-01", "+1001", ("2026-06-01", "f_coming")),  # its own earlier lines stand in nobody's way
        ("g", "2026-04-01", "+7101+7101", ("twice in this line",)),
        ("g", "2026-04-01", "+71*-7101-7101", ("twice in this line",)),
        ("g", "2026-04-01", "+13*-1303", ()),  # what it takes away again it does not use
        ("a_lent", "2026-04-01", "off", ()),
    ],
)
def test_a_subject_that_is_used_already_is_named_with_the_line_and_the_day(
    reader: Reader, code: str, day: str, formula: str, told: tuple[str, ...]
) -> None:
    begins = date.fromisoformat(day)
    found = used_twice(reader, (*HELD, (f"own_line.{code}", begins, formula)), f"own_line.{code}", begins)
    assert (found is None) == (not told)
    for part in told:
        assert found is not None
        assert part in found.en


def test_a_line_that_ends_before_another_begins_is_not_in_its_way(reader: Reader) -> None:
    """g holds from April until it is switched off in May; f takes cash in June."""
    stated = (*HELD, ("own_line.g", date(2026, 4, 1), "+1001"), ("own_line.g", date(2026, 5, 1), "off"))
    assert used_twice(reader, stated, "own_line.g", date(2026, 4, 1)) is None


def subject(code: str, side: str, statement: str = "asset", parent: str | None = None, children: tuple[str, ...] = ()) -> LedgerSubject:
    return LedgerSubject(code, code, parent, 2 if parent else 1, side, statement, "loan", "code", children)


SUBJECTS = {
    one.code: one
    for one in (
        subject("1301", "debit", children=("130101", "130102")),
        subject("130101", "debit", parent="1301"),
        subject("130102", "credit", parent="1301"),
        subject("1304", "credit"),
        subject("3101", "both", "joint"),
        subject("2011", "credit", "liability"),
    )
}
BALANCES: Mapping[str, Decimal] = {
    "130101": Decimal("100.00"),
    "130102": Decimal("-7.00"),
    "1304": Decimal("-5.00"),
    "3101": Decimal("-3.00"),
    "2011": Decimal("-85.00"),
}


def rows(**formulas: str) -> tuple[dict[str, StatementLine], list[str]]:
    held = [OwnLine(code, code, code, text, found) for code, text in formulas.items() if (found := parse_formula(text)) is not None]
    assert len(held) == len(formulas)
    lines, notes = own_rows(held, SUBJECTS, [BALANCES, None])
    return {line.code: line for line in lines if line.kind != "subject"}, [note.en for note in notes]


@pytest.mark.parametrize(
    ("formula", "amount"),
    [
        ("+1301", "93.00"),  # what is set off below lessens it
        ("+130102", "7.00"),  # named itself it stands on its own side
        ("+13*", "98.00"),  # 1301 with what is set off, and the provision on its own side
        ("+1301-1304", "88.00"),
        ("+1301C", "7.00"),
        ("+1301D-1304C", "95.00"),
        ("+3101D", "0.00"),
        ("-3101C", "-3.00"),
        ("+1301:1303", "93.00"),
    ],
)
def test_what_a_formula_comes_to(formula: str, amount: str) -> None:
    lines, _ = rows(x=formula)
    assert lines["x"].amounts == (Decimal(amount), None)


def test_a_subject_on_two_lines_is_listed_with_its_amount() -> None:
    lines, _ = rows(a="+1301+2011", b="+130101", c="+1304+3101C", share="+1301/+2011")
    assert lines["listed_twice"].amounts == (Decimal("100.00"), None)
    assert lines["unlisted"].amounts == (Decimal("0.00"), None)


def test_a_side_that_no_line_takes_is_listed() -> None:
    lines, _ = rows(a="+1301+2011+1304", b="+3101D")
    assert lines["unlisted"].amounts == (Decimal("-3.00"), None)


def test_lines_that_rest_on_each_other_or_on_none_have_no_amount_and_are_told() -> None:
    lines, notes = rows(a="[b]", b="[a]", c="[nowhere]", d="+9999", e="+1301")
    assert lines["a"].amounts == lines["b"].amounts == lines["c"].amounts == (None, None)
    assert lines["e"].amounts[0] == Decimal("93.00")
    assert notes == [
        "formulas rest on each other: a → b → a",
        "a formula names the line nowhere, which does not exist",
        "a formula names 9999, and there is no such subject",
    ]


def test_a_quotient_of_nothing_has_no_value() -> None:
    lines, _ = rows(x="+1301/+3101D")
    assert lines["x"].amounts == (None, None)
