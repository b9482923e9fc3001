"""Splits: what a figure becomes when it is asked by a dimension, by the children of an organisation, or for a part of the bank."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal

import pytest

from maisui.errors import QuestionError
from maisui.metrics import CATALOGUE, Additivity
from maisui.tables import BY_NAME
from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column

TREE = {
    "organisation": """
        organisation_code | organisation_name | parent_code | first_reported_on | last_reported_on
        ------------------+-------------------+-------------+-------------------+-----------------
        1                 | Head office       |             | 2026-06-30        | 2026-06-30
        12                | Branch            | 1           | 2026-06-30        | 2026-06-30
        121               | Outlet            | 12          | 2026-06-30        | 2026-06-30
        120               | Other outlet      | 1           | 2026-06-30        | 2026-06-30
    """,
    "organisation_closure": """
        ancestor_code | organisation_code | distance
        --------------+-------------------+---------
        1             | 1                 | 0
        1             | 12                | 1
        1             | 121               | 2
        1             | 120               | 1
        12            | 12                | 0
        12            | 121               | 1
        121           | 121               | 0
        120           | 120               | 0
    """,
}

MARTS = TREE | {
    "product_day": """
        organisation_code | product_code | product_group  | account_kind | customer_kind | currency | business_date | balance | account_count
        ------------------+--------------+----------------+--------------+---------------+----------+---------------+---------+--------------
        1                 | P1           | demand_deposit | deposit      | corporate     | CNY      | 2026-06-30    | 5.00    | 1
        12                | P1           | demand_deposit | deposit      | personal      | CNY      | 2025-12-31    | 7.00    | 1
        12                | P1           | demand_deposit | deposit      | personal      | CNY      | 2026-06-30    | 10.00   | 2
        121               | P1           | demand_deposit | deposit      | personal      | CNY      | 2026-06-29    | 50.00   | 2
        121               | P1           | demand_deposit | deposit      | personal      | CNY      | 2026-06-30    | 60.00   | 3
        121               | P2           | term_deposit   | deposit      | personal      | CNY      | 2026-06-30    | 40.00   | 1
        120               | P2           | term_deposit   | deposit      | corporate     | USD      | 2026-06-30    | 900.00  | 4
        120               | P9           | loan           | loan         | corporate     | CNY      | 2026-06-30    | 300.00  | 2
        121               | P9           | loan           | loan         | personal      | CNY      | 2026-06-30    | 30.00   | 1
        LOST              | P1           | demand_deposit | deposit      | unknown       | CNY      | 2026-06-30    | 0.50    | 1
    """,
    "customer_day": """
        organisation_code | customer_kind | business_date | customer_count | depositor_count | borrower_count | new_customer_count | lost_customer_count
        ------------------+---------------+---------------+----------------+-----------------+----------------+--------------------+--------------------
        121               | personal      | 2026-06-29    | 8              | 6               | 2              | 2                  | 1
        121               | personal      | 2026-06-30    | 9              | 7               | 2              | 1                  | 0
        120               | corporate     | 2026-06-30    | 4              | 2               | 1              | 1                  | 1
    """,
    "channel_day": """
        organisation_code | handling_organisation_code | channel_code | is_electronic | transaction_type | business_date | transaction_count | transaction_amount | reversal_count
        ------------------+----------------------------+--------------+---------------+------------------+---------------+-------------------+--------------------+---------------
        121               | 120                        | atm          | yes           | cash_withdrawal  | 2026-06-29    | 3                 | 300.00             | 0
        121               | 121                        | counter      | no            | transfer         | 2026-06-30    | 1                 | 40.00              | 1
        120               | none                       | mobile_bank  | yes           | transfer         | 2026-06-30    | 5                 | 10.00              | 0
    """,
    "loan_flow_day": """
        organisation_code | product_code | loan_status | business_date | disbursed_amount | disbursed_count | collected_amount
        ------------------+--------------+-------------+---------------+------------------+-----------------+-----------------
        121               | P9           | current     | 2026-06-01    | 30.00            | 1               | 0.00
        120               | P8           | settled     | 2026-06-30    | 0.00             | 0               | 12.00
    """,
    "loan_class_day": """
        organisation_code | loan_class  | overdue_bucket | is_agriculture | is_inclusive_small_micro | business_date | balance
        ------------------+-------------+----------------+----------------+--------------------------+---------------+--------
        121               | normal      | none           | yes            | yes                      | 2026-06-30    | 30.00
        120               | loss        | over_90d       | no             | yes                      | 2026-06-30    | 100.00
        120               | substandard | to_90d         | yes            | no                       | 2026-06-30    | 200.00
    """,
    "ledger_tie": """
        organisation_code | subject_code | business_date | difference_amount
        ------------------+--------------+---------------+------------------
        121               | 2011         | 2026-06-30    | 0.05
        120               | 2012         | 2026-06-30    | -0.02
    """,
    "delivery": """
        source_file_id | feed_code | business_date | quarantined_count
        ---------------+-----------+---------------+------------------
        F1             | accounts  | 2026-06-29    | 3
        F2             | loans     | 2026-06-30    | 4
    """,
}

ADDITIVE = [
    (metric.code, dimension)
    for metric in CATALOGUE
    for dimension in metric.dimensions
    if metric.additivity(dimension) is Additivity.ADDITIVE
]


def words_of_marts() -> dict[str, list[str]]:
    """Return for each mart the words its metrics look for, and one none of them knows."""
    words: dict[str, set[str]] = {}
    for metric in CATALOGUE:
        for measure in (metric.numerator, metric.denominator):
            if measure is not None:
                told = f"{measure.expression} {measure.where} {measure.delivered_where}"
                words.setdefault(measure.mart, {"other"}).update(re.findall(r"'([^']+)'", told))
    return {mart: sorted(found) for mart, found in words.items()}


def drawn_cell(column: Column, words: list[str], chance: random.Random, row: int) -> str:
    """Return a value that may stand in `column`; a customer has one organisation, as in each mart, so each row has its own."""
    if column.name == "customer_number":
        return f"C{row}"
    if column.name.endswith("organisation_code"):
        return chance.choice(["1", "12", "121", "120", "LOST"])
    if column.name.endswith("_until"):
        return "9999-12-31"
    if column.type in (TEXT, FLAG, DATE):
        return chance.choice({TEXT: words, FLAG: ["yes", "no"], DATE: ["2026-06-30", "2026-06-30", "2026-06-29"]}[column.type])
    return f"{chance.randrange(1, 100)}" if column.type == COUNT else f"{chance.randrange(-500, 90000)}.{chance.randrange(100):02d}"


def drawn_marts(seed: int, rows: int = 600) -> Mapping[str, str]:
    """Return every mart a metric reads, filled with `rows` seeded rows of all their words on two days of a month."""
    chance = random.Random(seed)
    drawn: dict[str, str] = {}
    for mart, words in words_of_marts().items():
        columns = [column for column in BY_NAME[mart].columns if column.name != "legal_entity_code"]
        lines = [" | ".join(drawn_cell(column, words, chance, row) for column in columns) for row in range(rows)]
        drawn[mart] = "\n".join([" | ".join(column.name for column in columns), "-+-".join("---" for _ in columns), *lines])
    return drawn


def test_lines_of_an_additive_dimension_add_up_to_the_total(version) -> None:
    """Whatever a metric calls additive adds up to 0.00 of the whole, for every metric and every such dimension."""
    version.draw(**TREE, **drawn_marts(seed=4))
    missed = {}
    for code, dimension in ADDITIVE:
        (total,) = version.ask(code).rows
        lines = version.ask(code, dimension).rows
        if sum((row.numerator for row in lines), Decimal(0)) != total.numerator:
            missed[code, dimension] = total.numerator
    assert missed == {}
    assert [code for code in {code for code, _ in ADDITIVE} if not version.ask(code).rows[0].numerator] == []
    assert len(ADDITIVE) > len(CATALOGUE)


def test_the_children_of_an_organisation_add_up_to_it(version) -> None:
    """Each child stands for all below it; what the organisation holds itself, and outlets outside the tree, have lines of their own."""
    version.draw(**MARTS)
    assert version.values("deposit_balance") == {(): Decimal("1015.50")}
    assert version.values("deposit_balance", "child") == {
        "1": Decimal("5.00"),
        "12": Decimal("110.00"),
        "120": Decimal("900.00"),
        "LOST": Decimal("0.50"),
    }
    assert version.values("deposit_balance", "child", organisation="12") == {"12": Decimal("10.00"), "121": Decimal("100.00")}


def test_an_organisation_means_everything_below_it(version) -> None:
    """Branch 12 is its own accounts and those of outlet 121, and not those of 120, whose code merely begins alike."""
    version.draw(**MARTS)
    assert version.values("deposit_balance", organisation="12") == {(): Decimal("110.00")}
    assert version.values("deposit_balance", organisation="120") == {(): Decimal("900.00")}
    assert version.values("deposit_balance", "product", organisation="1") == {"P1": Decimal("75.00"), "P2": Decimal("940.00")}


def test_a_ratio_of_a_group_is_the_ratio_of_its_sums(version) -> None:
    """70.00 of 110.00 in branch 12 and 0 of 900.00 in outlet 120: the bank's demand share is 75.50 ÷ 1,015.50, not a mean of shares."""
    version.draw(**MARTS)
    assert version.values("demand_deposit_share") == {(): Decimal("0.074348")}
    assert version.values("demand_deposit_share", "child") == {
        "1": Decimal("1.000000"),
        "12": Decimal("0.636364"),
        "120": Decimal("0.000000"),
        "LOST": Decimal("1.000000"),
    }


def test_division_by_zero_is_no_number(version) -> None:
    """An outlet without deposits has no loan-to-deposit ratio; it is left open, never 0."""
    version.draw(
        product_day="""
            organisation_code | account_kind | business_date | balance
            ------------------+--------------+---------------+--------
            B10               | loan         | 2026-06-30    | 300.00
            B20               | loan         | 2026-06-30    | 30.00
            B20               | deposit      | 2026-06-30    | 60.00
        """
    )
    assert version.values("loan_to_deposit_ratio", "organisation") == {"B10": None, "B20": Decimal("0.500000")}
    (row,) = (row for row in version.ask("loan_to_deposit_ratio", "organisation").rows if row.dimensions["organisation"] == "B10")
    assert (row.numerator, row.denominator) == (Decimal("300.00"), Decimal(0))


def test_what_no_table_tells_is_no_number_and_what_it_tells_as_nothing_is_zero(version) -> None:
    """Without any loan report the bad-loan ratio is unknown; with reports of good loans only it is 0."""
    version.draw()
    assert version.values("npl_ratio") == {(): None}
    assert version.values("npl_balance") == {(): None}
    version.draw(
        loan_class_day="""
            business_date | loan_class | balance
            --------------+------------+--------
            2026-06-30    | normal     | 30.00
        """
    )
    assert version.values("npl_ratio") == {(): Decimal("0.000000")}
    assert version.values("npl_balance") == {(): Decimal("0.00")}


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"metric": "profit"}, "there is no metric 'profit'"),
        ({"metric": "deposit_balance", "by": ("colour",)}, "there is no dimension 'colour'"),
        ({"metric": "deposit_balance", "by": ("channel",)}, "deposit_balance cannot be split by channel"),
        ({"metric": "deposit_per_customer", "by": ("product",)}, "deposit_per_customer cannot be split by product"),
        ({"metric": "deposit_balance", "by": ("product", "product")}, "a dimension is named twice"),
        ({"metric": "deposit_balance", "by": ("organisation", "child")}, "a dimension is named twice"),
        ({"metric": "quarantined_row_count", "organisation": "12"}, "quarantined_row_count is not kept by organisation"),
        ({"metric": "deposit_balance", "organisation": "99"}, "there is no organisation '99'"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why_and_what_can_be_asked(version, question, sentence) -> None:
    """Unknown metrics, dimensions and organisations, and splits a metric does not have, are refused with the next step."""
    version.draw(**MARTS)
    with pytest.raises(QuestionError) as refused:
        version.ask(question.pop("metric"), *question.pop("by", ()), **question)
    assert refused.value.what == sentence
    assert refused.value.next_step


TWO_CURRENCIES = """
    account_number | currency | opened_on
    ---------------+----------+-----------
    A1             | CNY      | 2020-01-01
    A1             | USD      | 2020-01-01
"""
RATE = """
    currency | valid_from | quoted_amount | exchange_rate
    ---------+------------+---------------+--------------
    USD      | 2020-01-01 | 100.00        | 718.5000
"""


def test_several_currencies_are_added_up_with_a_note(version) -> None:
    """The answer says that foreign currency is converted, unless it is split by currency or counts something."""
    version.draw(**MARTS, account=TWO_CURRENCIES, local_rate=RATE)
    notes = version.ask("deposit_balance").notes
    assert [str(note) for note in notes] == ["foreign currency is converted at the rate of the day"]
    assert notes[0].zh == "外币已按当日汇率折为本币"
    assert version.ask("deposit_balance", "currency").notes == ()
    assert version.ask("account_count").notes == ()
    assert version.values("deposit_balance", "currency") == {"CNY": Decimal("115.50"), "USD": Decimal("900.00")}


def test_currencies_without_a_rate_are_named(version) -> None:
    """Where nobody delivered a rate the answer says which currencies count as they are."""
    version.draw(**MARTS, account=TWO_CURRENCIES)
    notes = version.ask("deposit_balance").notes
    assert [str(note) for note in notes] == ["CNY, USD are added up unconverted, as no rate was delivered; split by currency"]


def test_the_average_of_one_day_is_its_balance(version) -> None:
    """Split by date, each day is its own period of one day."""
    version.draw(**MARTS)
    assert version.values("deposit_average_daily_balance", "date") == {"2026-06-29": Decimal("50.00"), "2026-06-30": Decimal("1015.50")}


def test_a_deviation_from_the_average_has_no_single_days(version) -> None:
    """The deviation compares the closing balance with the whole period, so it cannot be split by date."""
    version.draw(**MARTS)
    with pytest.raises(QuestionError):
        version.ask("deposit_deviation", "date")
