"""A report's figure against ours: causes and amounts are those of `reports_home`, added up by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from reports_home import (
    AGREES,
    DETAILED,
    DOUBLED,
    FIGURES,
    FIRST_DAY,
    FORGOT,
    HALF,
    LAST_DAY,
    MERGED,
    NO_METRIC,
    OTHER_METRIC,
    RATIO,
    RATIO_OF_BEFORE,
    RATIO_OF_PARTS,
    RATIO_TYPED,
    RATIO_UNIT,
    ROUNDED,
    SHARE_OF_YUAN,
    STRANGE,
    TWO_WAYS,
    TYPED,
    UNIT,
    detail_csv,
    figures_csv,
    reports_home,
)

from maisui.answers import (
    BY_CODE,
    Agreement,
    Cause,
    FigureComparison,
    ReportedFigure,
    cause_rows,
    check_supplement,
    compare_figure,
    reported_figures,
)
from maisui.answers.report_accounts import Basis
from maisui.answers.report_causes import basis_of, cut_off_days, our_figure
from maisui.answers.report_scope import Cells, Part, fits, fits_that_overlap
from maisui.answers.report_sight import Sight, parts_of
from maisui.answers.report_single import Beside, single_accounts
from maisui.answers.reported_figures import is_searched
from maisui.errors import QuestionError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

BY_HAND = {
    MERGED: [("day=2026-03-30", "1475.00"), ("merged_outlet=B3", "-1425.00"), ("product_group=guarantee_deposit", "325.00")],
    DETAILED: [
        ("left_out:moved_from=B3", "1425.00"),
        ("left_out:product_group=guarantee_deposit", "300.00"),
        ("differs:amount", "-10.00"),
    ],
    STRANGE: [
        ("counted_in:other_kind", "-9000.00"),
        ("counted_in:elsewhere=B1", "-1050.00"),
        ("counted_in:unknown", "-12.34"),
        ("detail_total", "-1.00"),
    ],
    UNIT: [("unit", "8999.10")],
    ROUNDED: [("rounding", "25.00")],
    FORGOT: [("product_group=guarantee_deposit", "325.00"), ("one_account=410.00", "410.00")],
    DOUBLED: [("twice=410.00", "-410.00")],
    OTHER_METRIC: [("metric=demand_deposit_balance", "3265.00")],
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    home = open_home(reports_home())
    with open_reader(home.versions, home.parts) as found:
        yield found


def figure(reader: Reader, report: str) -> ReportedFigure:
    (found,) = (one for one in reported_figures(reader) if one.report == report)
    return found


def told(causes: tuple[Cause, ...]) -> list[tuple[str, str]]:
    return [(cause.code, str(cause.amount)) for cause in causes]


def test_every_delivered_figure_is_there_with_its_own_detail(reader: Reader) -> None:
    found = {one.report: one for one in reported_figures(reader)}
    assert set(found) == {line[0] for line in FIGURES}
    assert (found[DETAILED].accounts, found[DETAILED].detail_sum) == (3, Decimal("3470.00"))
    assert (found[ROUNDED].theirs, found[ROUNDED].is_in_ten_thousands) == (Decimal("5800.00"), True)
    assert found[AGREES].accounts == 0


def test_a_figure_that_agrees_needs_no_cause(reader: Reader) -> None:
    found = compare_figure(reader, figure(reader, AGREES))
    assert (found.ours, found.state, found.causes) == (Decimal("5825.00"), Agreement.AGREES, ())


@pytest.mark.parametrize("report", list(BY_HAND))
def test_causes_and_amounts_are_those_that_were_planted(reader: Reader, report: str) -> None:
    found = compare_figure(reader, figure(reader, report))
    assert told(found.causes) == BY_HAND[report]
    assert found.unexplained == 0
    assert found.state is (Agreement.AGREES if report == ROUNDED else Agreement.EXPLAINED)
    assert sum(cause.amount for cause in found.causes) == found.difference


def test_the_accounts_behind_each_cause_are_listed_and_add_up_to_it(reader: Reader) -> None:
    behind = {}
    for report in (MERGED, DETAILED, STRANGE, FORGOT, DOUBLED):
        found = compare_figure(reader, figure(reader, report))
        for cause in found.causes:
            rows = cause_rows(reader, found, cause, visible=None, page=1, page_size=50)
            if cause.has_rows:
                assert rows.amount == cause.amount
            behind[report, cause.code] = sorted((row.account_number, str(row.theirs), str(row.ours)) for row in rows.rows)

    taken = [("A7", "600.00"), ("A8", "25.00"), ("A9", "800.00")]
    assert behind[MERGED, "day=2026-03-30"] == [("A1", "1000.00", "1050.00"), *((one, "0.00", held) for one, held in taken)]
    assert behind[MERGED, "merged_outlet=B3"] == [(one, held, "0.00") for one, held in taken]
    assert behind[MERGED, "product_group=guarantee_deposit"] == [("A3", "0.00", "300.00"), ("A8", "0.00", "25.00")]
    assert behind[DETAILED, "left_out:moved_from=B3"] == [(one, "0.00", held) for one, held in taken]
    assert behind[DETAILED, "left_out:product_group=guarantee_deposit"] == [("A3", "0.00", "300.00")]
    assert behind[DETAILED, "differs:amount"] == [("A2", "2010.00", "2000.00")]
    assert behind[STRANGE, "counted_in:unknown"] == [("Z9", "12.34", "0.00")]
    assert behind[STRANGE, "detail_total"] == []
    assert behind[FORGOT, "one_account=410.00"] == [("A4", "0.00", "410.00")]
    assert behind[DOUBLED, "twice=410.00"] == [("A4", "820.00", "410.00")]


IN_DOLLARS = {
    # The ledger holds deposits of 5,825.00 yuan, as the accounts do, and 20.00 dollars at 6.50.
    # Total assets are as much: loans of 9,000.00 and the cash below.
    "5955.00": {
        (code, "-130.00") for code in ("ledger_set=deposit", "ledger_subject=2011", "ledger=deposit", "metric=total_asset_balance")
    },
    # Cash: deposits of 5,825.00 less loans of 9,000.00, and 20.00 dollars at 6.50.
    "-3045.00": {("ledger_subject=1001", "8870.00")},
}


@pytest.mark.parametrize("theirs", list(IN_DOLLARS))
def test_foreign_money_of_the_ledger_explains_a_report_in_local_currency(reader: Reader, theirs: str) -> None:
    found = _changed(reader, figure(reader, AGREES), theirs=Decimal(theirs))
    ways = [found.causes, *found.others]
    assert {one for causes in ways for one in told(causes)} == IN_DOLLARS[theirs]
    assert {len(causes) for causes in ways} == {1}
    behind = [cause_rows(reader, found, cause, visible=None, page=1, page_size=9) for (cause,) in ways if cause.code == "ledger=deposit"]
    assert [(rows.amount, [(row.currency, row.ours, row.theirs) for row in rows.rows]) for rows in behind] == (
        [(Decimal("-130.00"), [("USD", Decimal("0.00"), Decimal("130.00"))])] if len(ways) > 1 else []
    )


def test_rows_of_other_organisations_are_only_counted(reader: Reader) -> None:
    found = compare_figure(reader, figure(reader, STRANGE))
    elsewhere = next(cause for cause in found.causes if cause.code == "counted_in:elsewhere=B1")
    rows = cause_rows(reader, found, elsewhere, visible={"B2"}, page=1, page_size=50)
    assert (rows.rows, rows.count, rows.hidden_count, rows.hidden_amount) == ((), 0, 1, Decimal("-1050.00"))


def test_two_explanations_that_fit_are_both_told(reader: Reader) -> None:
    found = compare_figure(reader, figure(reader, TWO_WAYS))
    assert found.state is Agreement.AMBIGUOUS
    assert told(found.causes) == [("product_group=guarantee_deposit", "70.00")]
    assert [told(causes) for causes in found.others] == [[("product_group=term_deposit", "70.00")]]


def test_what_nothing_fits_stays_unexplained_to_the_cent(reader: Reader) -> None:
    found = compare_figure(reader, figure(reader, TYPED))
    assert (found.causes, found.unexplained, found.state) == ((), Decimal("1.23"), Agreement.UNEXPLAINED)
    assert {cause.code for cause in found.candidates} >= {"product_group=guarantee_deposit", "product_group=term_deposit"}


def test_a_single_account_is_only_named_where_it_is_hardly_chance(reader: Reader) -> None:
    """In B2 two accounts hold 70.00: neither is named for it. A balance of 25.00 among many amounts tried would be chance."""
    basis = basis_of(reader, BY_CODE["deposit_balance"], figure(reader, TWO_WAYS), LAST_DAY)
    assert single_accounts(reader, basis, {70_00: [Beside()]}, 1) == []
    assert [cause.code for _, cause in single_accounts(reader, basis, {500_00: [Beside()]}, 1)] == ["one_account=500.00"]
    assert single_accounts(reader, basis, {500_00: [Beside()]}, 800) == []


THREE_REASONS = {
    # Of the day before (3,710), without guarantee deposits (A3, 300), the term deposit of A2 (2,000) counted twice.
    "5410.00": [("day=2026-03-30", "1475.00"), ("product_group=guarantee_deposit", "300.00"), ("twice=2000.00", "-2000.00")],
    # Of the day before, with the outlet merged since (B3, 1,425), A2 counted twice.
    "7135.00": [("day=2026-03-30", "1475.00"), ("merged_outlet=B3", "-1425.00"), ("twice=2000.00", "-2000.00")],
}


@pytest.mark.parametrize("theirs", list(THREE_REASONS))
def test_an_account_counted_twice_is_found_beside_two_other_causes(reader: Reader, theirs: str) -> None:
    found = _changed(reader, figure(reader, TYPED), organisation="B1", theirs=Decimal(theirs))
    ways = [told(found.causes), *map(told, found.others)]
    assert THREE_REASONS[theirs] in ways, ways
    assert found.unexplained == 0
    for cause in (one for causes in (found.causes, *found.others) for one in causes if one.has_rows):
        assert cause_rows(reader, found, cause, visible=None, page=1, page_size=9).amount == cause.amount


def test_two_kinds_that_share_accounts_are_left_out_once(reader: Reader) -> None:
    """Without guarantee deposits (300, 70 and 25) and without B2 (500, 70 and 70): the 70.00 of A6 belong to both and count once."""
    found = _changed(reader, figure(reader, AGREES), theirs=Decimal("4860.00"))
    assert (found.state, found.unexplained, found.difference) == (Agreement.EXPLAINED, 0, Decimal("965.00"))
    assert told(found.causes) == [("product_group=guarantee_deposit", "395.00"), ("outlet=B2", "570.00")]
    assert [cause.without for cause in found.causes] == ["", "product_group=guarantee_deposit"]
    behind = [cause_rows(reader, found, cause, visible=None, page=1, page_size=9) for cause in found.causes]
    assert [[row.account_number for row in rows.rows] for rows in behind] == [["A3", "A6", "A8"], ["A5", "A10"]]
    assert [rows.amount for rows in behind] == [cause.amount for cause in found.causes]
    leader = Sight(frozenset({"B0", "B1"}), sees_accounts=True)
    assert [leader.hides(replace(found.causes[1], without=f"moved_from={outlet}")) for outlet in ("B1", "B3")] == [False, True]


def test_a_third_part_stands_beside_two_that_share_accounts_only_where_it_is_apart() -> None:
    """Parts a and b share the second cell; c is apart from both, d is not."""
    basis = Basis(BY_CODE["deposit_balance"], "B0", "ALL", LAST_DAY, (), ())
    cells = Cells(basis, ((), (), (), ()), (100, 20, 3, 7_000), (1, 1, 1, 1), (True, True, True, True))
    a, b = part("outlet=a", 120, 0b0011), part("product=b", 23, 0b0110)
    c, d = part("product=c", 7_000, 0b1000), part("customer_kind=d", 7_003, 0b1100)
    assert [[one.cents for one in chosen] for chosen in fits_that_overlap(123, cells, (a, b, c, d), is_third_tried=False)] == [[120, 3]]
    assert fits_that_overlap(7_123, cells, (a, b, c, d), is_third_tried=False) == ()
    assert [[one.code for one in chosen] for chosen in fits_that_overlap(7_123, cells, (a, b, c), is_third_tried=True)] == [
        ["outlet=a", "product=b", "product=c"]
    ]
    assert all(part.cells & 0b0100 == 0 for chosen in fits_that_overlap(7_126, cells, (a, b, d), is_third_tried=True) for part in chosen)


def test_a_report_cut_off_days_before_is_of_that_day(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing moved from the 25th to the 30th: with the 30th out of the question the report is of the 25th, as a person may say himself."""
    assert cut_off_days(reader, LAST_DAY) == [date(2026, 3, day) for day in (25, 20, 29, 28)]
    assert cut_off_days(reader, date(2026, 3, 23)) == [date(2026, 3, 20), date(2026, 3, 21)]
    assert cut_off_days(reader, FIRST_DAY) == [date(2026, 2, day) for day in (25, 20, 26)]
    for module in ("reported_figures", "report_causes"):
        monkeypatch.setattr(import_module(f"maisui.answers.{module}"), "other_days", lambda _reader, _day: [])
    found = _changed(reader, figure(reader, TYPED), organisation="B1", theirs=Decimal("3410.00"))
    assert told(found.causes) == [("day=2026-03-25", "1475.00"), ("product_group=guarantee_deposit", "300.00")]
    named = compare_figure(reader, replace(figure(reader, TYPED), organisation="B1"), ["day=2026-03-25"])
    assert told(named.causes) == [("day=2026-03-25", "1475.00")]


def test_what_a_person_knows_is_taken_and_the_rest_stays_named(reader: Reader) -> None:
    half = figure(reader, HALF)
    assert compare_figure(reader, half).state is Agreement.UNEXPLAINED
    found = compare_figure(reader, half, ["product_group=guarantee_deposit"])
    assert (told(found.causes), str(found.unexplained)) == ([("product_group=guarantee_deposit", "325.00")], "7.77")
    assert found.state is Agreement.PARTLY
    moved = compare_figure(reader, half, ["day=2026-03-30", "merged_outlet=B3", "product_group=guarantee_deposit"])
    assert told(moved.causes) == BY_HAND[MERGED]
    assert str(moved.unexplained) == "-42.23"
    with pytest.raises(QuestionError, match="no such part"):
        compare_figure(reader, half, ["product_group=gold"])


def test_a_code_that_names_no_cause_is_refused_whatever_the_figure_says(reader: Reader) -> None:
    for report in (AGREES, DETAILED, RATIO, TYPED):
        for code in ("foo", "product", "unit", "one_account=410.00"):
            with pytest.raises(QuestionError, match="no such part"):
                compare_figure(reader, figure(reader, report), [code])
    with pytest.raises(QuestionError, match="no such part"):  # nothing moved in B2 between the two days
        compare_figure(reader, figure(reader, TYPED), ["day=2026-03-30"])


def test_a_search_alone_heeds_what_a_person_knows(reader: Reader) -> None:
    searched = {
        report for report in (AGREES, ROUNDED, RATIO, DETAILED, TYPED) if is_searched(compare_figure(reader, figure(reader, report)))
    }
    assert searched == {TYPED}


def test_what_a_viewer_may_not_see_is_one_line_and_the_sum_holds(reader: Reader) -> None:
    """Guarantee deposits of the merged report are left out at B3 too: 300 of B1 with 25 of B3."""
    branch, leader = Sight({"B1"}, sees_accounts=True), Sight(None, sees_accounts=False)
    whole = compare_figure(reader, figure(reader, MERGED))
    seen = branch.of(whole)
    assert told(seen.causes) == [("day=2026-03-30", "1475.00"), ("out_of_sight", "-1100.00")]
    assert sum(cause.amount for cause in seen.causes) == whole.difference
    assert any("B3" in cause.code for cause in whole.candidates)
    assert not any("B3" in cause.code for cause in seen.candidates)
    assert branch.hides(Cause("home_here=yes", Decimal(1), 2, LAST_DAY))
    assert not leader.hides(Cause("home_here=yes", Decimal(1), 2, LAST_DAY))

    forgot = compare_figure(reader, figure(reader, FORGOT))
    assert told(leader.of(forgot).causes) == [("product_group=guarantee_deposit", "325.00"), ("out_of_sight", "410.00")]
    assert branch.of(forgot).causes == forgot.causes
    assert told(leader.of(compare_figure(reader, figure(reader, DETAILED))).causes) == [
        ("left_out:moved_from=B3", "1425.00"),
        ("out_of_sight", "290.00"),
    ]
    assert Sight(None, sees_accounts=True).of(whole) == whole


def test_a_code_is_taken_apart_whatever_its_value_holds() -> None:
    assert parts_of("left_out:product=个人:定期=1") == ("left_out", "product", "个人:定期=1")
    assert parts_of("counted_in:unknown") == ("counted_in", "unknown", "")
    assert parts_of("day=2026-03-30") == ("", "day", "2026-03-30")


def test_a_day_near_by_that_cannot_be_asked_for_is_passed_over(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a history from 31 December the year has a base; a report that may be of that day would need one a year earlier."""
    year_end = date(2025, 12, 31)
    early = Reader(replace(reader.manifest, first_date=year_end), reader._connection)
    known = replace(figure(reader, TYPED), metric="deposit_net_increase_since_year_start")
    with pytest.raises(QuestionError, match="needs 2024-12-31"):
        our_figure(early, BY_CODE[known.metric], known, year_end)
    monkeypatch.setattr(import_module("maisui.answers.reported_figures"), "other_days", lambda _reader, _day: [year_end])
    found = compare_figure(early, known)
    assert (found.ours, found.unexplained, found.state) == (Decimal("640.00"), Decimal("1.23"), Agreement.UNEXPLAINED)


@pytest.mark.parametrize(("report", "reason"), [(NO_METRIC, "metric"), (SHARE_OF_YUAN, "unit")])
def test_what_cannot_be_compared_says_why(reader: Reader, report: str, reason: str) -> None:
    found = compare_figure(reader, figure(reader, report))
    assert (found.state, found.reason, found.ours) == (Agreement.NOT_COMPARABLE, reason, None)


RATIOS_BY_HAND = {
    # 2,560 of 5,825 is 0.439485; printed as 0.44.
    RATIO: (Agreement.AGREES, [("rounding", "-0.000515")]),
    # B1: 2,060 of 5,185 is 0.397300; the day before 1,410 of 3,710, 0.380054, which is printed as 38.01.
    RATIO_OF_BEFORE: (Agreement.EXPLAINED, [("day=2026-03-30", "0.017246"), ("rounding", "-0.000046")]),
    # The report's own 2,060 of 4,860 is 0.423868: the numerator is ours, the denominator is not.
    RATIO_OF_PARTS: (Agreement.EXPLAINED, [("denominator=deposit_balance", "-0.026568"), ("rounding", "-0.000032")]),
    RATIO_UNIT: (Agreement.EXPLAINED, [("ratio_unit", "0.395535")]),
    RATIO_TYPED: (Agreement.UNEXPLAINED, []),
}


@pytest.mark.parametrize("report", list(RATIOS_BY_HAND))
def test_a_ratio_is_explained_by_its_sides_its_day_or_its_unit(reader: Reader, report: str) -> None:
    (ratio,) = (one for one in reported_figures(reader) if (one.report, one.metric) == (report, "demand_deposit_share"))
    found = compare_figure(reader, ratio)
    state, causes = RATIOS_BY_HAND[report]
    assert (found.state, [(cause.code, f"{cause.amount:.6f}") for cause in found.causes]) == (state, causes)
    assert found.difference is not None
    assert sum(cause.amount for cause in found.causes) + found.unexplained == found.difference
    assert not is_searched(found)


def test_a_report_whose_ratio_is_not_that_of_its_own_sides_is_told_so(reader: Reader) -> None:
    """50.00 % beside 2,060 and 4,860, which make 42.3868 %."""
    known = next(one for one in reported_figures(reader) if (one.report, one.metric) == (RATIO_OF_PARTS, "demand_deposit_share"))
    found = _changed(reader, known, theirs=Decimal("0.50"))
    assert [(cause.code, f"{cause.amount:.6f}") for cause in found.causes] == [
        ("own_ratio", "-0.076132"),
        ("denominator=deposit_balance", "-0.026568"),
    ]


def test_a_day_outside_the_history_and_an_organisation_nobody_knows_are_not_compared(reader: Reader) -> None:
    known = figure(reader, AGREES)
    assert _changed(reader, known, day=LAST_DAY.replace(year=2020)).reason == "day"
    assert _changed(reader, known, organisation="B77").reason == "no_figure"


def test_a_small_figure_against_nothing_is_no_slip_of_the_unit(reader: Reader) -> None:
    """5.00 divided by ten thousand is as good as nothing: that proves nothing of a report of B3, which holds nothing any more."""
    found = _changed(reader, figure(reader, AGREES), organisation="B3", theirs=Decimal("5.00"))
    assert (found.ours, found.causes, found.unexplained) == (Decimal("0.00"), (), Decimal("-5.00"))


def _changed(reader: Reader, known: ReportedFigure, **changes: object) -> FigureComparison:
    return compare_figure(reader, replace(known, **changes))  # type: ignore[arg-type]


def part(code: str, cents: int, cells: int, rank: int = 1) -> Part:
    return Part(code, cents, 1, cells, rank)


def test_the_fewest_parts_that_fit_are_found_and_none_that_share_an_account() -> None:
    parts = [part("a", 500, 0b0001), part("b", -200, 0b0010), part("c", 300, 0b0011), part("d", 300, 0b0100, rank=2)]
    assert [[one.code for one in found] for found in fits(300, parts)] == [["c"], ["d"]]
    assert [[one.code for one in found] for found in fits(600, parts)] == [["c", "d"]]
    assert [[one.code for one in found] for found in fits(800, parts)] == [["a", "d"]]
    assert fits(801, parts) == ()
    assert fits(0, parts) == ((),)
    assert fits(603, parts, tolerance=2) == ()
    assert [[one.code for one in found] for found in fits(603, parts, tolerance=3)] == [["c", "d"]]


def test_a_damaged_upload_is_refused_cell_by_cell() -> None:
    """A wrong unit, no figure, a day that does not exist, a small currency, another branch: each is named, by row and column letter."""
    lines = figures_csv().splitlines()[:1]
    lines += [
        "G01,B1,20260331,deposit_balance,ALL,1.00,元,",
        "G01,B1,20260331,loan_balance,ALL,1.00,百万,",
        "G01,B1,20260331,npl_balance,ALL,,元,",
        "G01,B1,20260231,deposit_balance,cny,1.00,元,",
        "G01,B2,20260331,deposit_balance,ALL,1.00,元,",
    ]
    content = "\n".join(lines).encode()
    checked = check_supplement(open_home(reports_home()), "reported_figure", content=content, is_workbook=False, allowed={"B1"})
    assert [(fault.row, fault.letter) for fault in checked.faults] == [(3, "G"), (4, "F"), (5, "C"), (5, "E"), (6, "B")]
    good = check_supplement(open_home(reports_home()), "reported_detail", content=detail_csv().encode(), is_workbook=False, allowed=None)
    assert (good.faults, good.row_count) == ((), 9)
