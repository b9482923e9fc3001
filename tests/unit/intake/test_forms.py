"""C5, C6: each way to spoil a value is named and never read as something else."""

import pytest
from unit.intake.drawn_files import text_of

ONE = """
    id    | code | key
    value | {kind} |
"""
EURO_FORMS = (
    "1.234,56",
    "1,234.56",
    "1 234.56",
    "1_000",
    "(1.00)",
    "1.00-",
    "+5",
    "1.005",
    "1.",
    ".5",
    "007.00",
    "00",
    "-0",
    "-0.00",
    "-0.0",
)
OTHER_FORMS = (
    "NaN",
    "Inf",
    "—",
    "-",
    "--1",
    "1e5",
    "1E+05",
    "6.22202E+18",
    "１２３",
    " 12 ",
    "12 ",
    "'1.00",
    "=1",
    "0x1F",
    "1.2.3",
    "1" * 17,
)


def reason_of(bank_of, kind, value, words="", **settings):
    """Return the reason code a value gets, or nothing when it is loaded as it is."""
    bank = bank_of(ONE.format(kind=kind) + (f" | {words}" if words else ""), **settings)
    receipt = bank.take(text_of("good|", f"tried|{value}"))
    if receipt.loaded == 2:
        assert bank.column(receipt, "value") == ["", value]
        return ""
    return bank.reasons(receipt)[2].removeprefix("value:")


@pytest.mark.parametrize("value", ["0", "0.00", "0.1", "12", "-12", "12.3", "-12.34", "-0.01", "-0.10", "9999999999999999.99", ""])
def test_plain_amounts_pass(bank_of, value):
    assert reason_of(bank_of, "amount", value) == ""


@pytest.mark.parametrize("value", [*EURO_FORMS, *OTHER_FORMS])
def test_every_other_amount_is_quarantined(bank_of, value):
    for kind in ("amount", "amount+"):
        assert reason_of(bank_of, kind, value) in (
            "amount_form",
            "scientific_notation",
            "full_width_digit",
            "padding",
            "spreadsheet_prefix",
            "thousands_separator",
            "minus_behind",
        )


def test_separators_and_a_minus_behind_are_named_where_the_contract_does_not_allow_them(bank_of):
    assert reason_of(bank_of, "amount", "1,234.56") == "thousands_separator"
    assert reason_of(bank_of, "amount", "1.00-") == "minus_behind"


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "amount:,",
            ("1,234.56", "-1,234.56", "1234.56", "12,345,678", "0.5", "0"),
            ("1,23.45", "12,34,567", "1,234.567", "01,234", ",123"),
        ),
        ("amount:-", ("12.50-", "-12.50", "12.50", "0.01-"), ("0.00-", "-1-", "1,234.00-", "--1", "-0")),
        ("amount:0", ("0000001234.50", "-0001.00", "0000.00", "-0000.00"), ("0001.005", "1,234.00", "1.00-", "0" * 17)),
        ("amount:,-0", ("1,234.56-", "0000012.00-", "0000000.00-"), ("1,23-", "12 345.00", "(1.00)")),
    ],
)
def test_amounts_are_written_as_the_contract_allows_and_no_other_way(bank_of, kind, good, bad):
    for value in good:
        assert reason_of(bank_of, kind, value) == "", value
    for value in bad:
        assert reason_of(bank_of, kind, value) != "", value
    assert reason_of(bank_of, kind.replace("amount", "amount+"), "-12.00") == "negative_amount"


def test_a_negative_amount_where_none_may_be_is_named(bank_of):
    assert reason_of(bank_of, "amount+", "-1.00") == "negative_amount"
    assert reason_of(bank_of, "amount+", "1.00") == ""


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("rate", "3.850000", ""),
        ("rate", "-0.000001", ""),
        ("rate", "-12.5", ""),
        ("rate", "0.0000001", "rate_form"),
        ("rate", "-0.0", "rate_form"),
        ("rate", "3.85%", "rate_form"),
        ("integer", "0", ""),
        ("integer", "-12", ""),
        ("integer", "-0", "integer_form"),
        ("integer", "01", "integer_form"),
        ("integer", "1.0", "integer_form"),
        ("month", "202612", ""),
        ("month", "202613", "month_form"),
        ("month", "2026-12", "month_form"),
        ("time", "235959", ""),
        ("time", "240000", "time_form"),
        ("time", "23:59:59", "time_form"),
        ("currency", "CNY", ""),
        ("currency", "cny", "currency_form"),
        ("currency", "人民币", "currency_form"),
        ("text", " 'any (thing) １２３", ""),
    ],
)
def test_each_kind_has_its_form(bank_of, kind, value, reason):
    assert reason_of(bank_of, kind, value) == reason


@pytest.mark.parametrize(
    ("form", "value", "reason"),
    [
        ("%Y%m%d", "20240229", ""),
        ("%Y%m%d", "20230229", "no_such_date"),
        ("%Y%m%d", "20230230", "no_such_date"),
        ("%Y%m%d", "00000101", "no_such_date"),
        ("%Y%m%d", "00010101", ""),
        ("%Y%m%d", "20231301", "date_form"),
        ("%Y%m%d", "45678", "date_form"),
        ("%Y%m%d", "2023-1-1", "date_form"),
        ("%Y%m%d", "20230101 ", "padding"),
        ("%Y%m%d", "２０２３０１０１", "full_width_digit"),
        ("%Y-%m-%d", "2024-02-29", ""),
        ("%Y-%m-%d", "2024-2-29", "date_form"),
        ("%y%m%d", "000229", ""),
        ("%y%m%d", "690229", "no_such_date"),
        ("%y%m%d 00:00:00", "931107 00:00:00", ""),
        ("%Y-%m-%d %H:%M:%S.%f", "2024-02-29 23:59:59.123", ""),
        ("%Y-%m-%d %H:%M:%S", "2024-02-29 24:00:00", "date_form"),
    ],
)
def test_a_date_has_its_form_and_exists(bank_of, form, value, reason):
    assert reason_of(bank_of, f"date:{form}", value) == reason


def test_null_words_mean_null(bank_of):
    for kind, value in (("date", "99991231"), ("month", "999912"), ("rate", "?"), ("integer", "?")):
        assert reason_of(bank_of, kind, value, null_words=("99991231", "999912", "?")) == ""
    assert reason_of(bank_of, "rate", "??", null_words=("?",)) == "rate_form"


def test_a_null_word_does_not_fill_a_date_that_must_be_there(bank_of):
    bank = bank_of("id | code | key\n d | date | must\n n | code | must", null_words=("99991231",))
    receipt = bank.take(text_of("1|20240101|99991231", "2|99991231|x", "3||"))
    assert bank.reasons(receipt) == {2: "d:missing_value", 3: "d:missing_value; n:missing_value"}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("A-1/b_2.3+4", ""),
        ("赣（2015）第001号", ""),
        ("12E4", ""),
        ("'001", "spreadsheet_prefix"),
        ('="001"', "spreadsheet_prefix"),
        ("6.22202E+18", "scientific_notation"),
        ("1E+05", "scientific_notation"),
        ("6.22E18", "scientific_notation"),
        ("１２３", "full_width_digit"),
        ("A１", "full_width_digit"),
        ("a b", "code_form"),
        (" a", "padding"),
        ("a　", "padding"),
        ("é", "code_form"),
    ],
)
def test_codes(bank_of, value, reason):
    for kind in ("code", "account"):
        assert reason_of(bank_of, kind, value) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("6222020000000000000", "rounded_by_spreadsheet"),
        ("62220200000000000000", "rounded_by_spreadsheet"),
        ("622202000000000000", ""),
        ("6222020000000000010", ""),
        ("6222020000000001000", ""),
        ("6222020000000010000", "rounded_by_spreadsheet"),
        ("A222020000000000000", ""),
        ("0001234", ""),
    ],
)
def test_an_account_number_a_spreadsheet_rounded_is_quarantined(bank_of, value, reason):
    assert reason_of(bank_of, "account", value) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("4111111111111111", ""),
        ("6222020000000000026", ""),
        ("4111111111111112", "check_digit"),
        ("41111111", "card_form"),
        ("4111 1111 1111 1111", "card_form"),
        ("6222020000000010000", "rounded_by_spreadsheet"),
    ],
)
def test_cards_hold_to_luhn(bank_of, value, reason):
    assert reason in reason_of(bank_of, "card", value)
    assert bool(reason) == bool(reason_of(bank_of, "card", value))


def test_words_warn_and_closed_words_stop(bank_of):
    bank = bank_of("id | code | key\n w | word | | 正常 其他-*\n c | closed_word | | 借 贷\n o | word |")
    receipt = bank.take(text_of("1|正常|借|x", "2|其他-别的|贷|", "3|其他|借|", "4|别的||", "5||平|"))
    assert bank.reasons(receipt) == {5: "c:unknown_word"}
    assert [(notice.code, notice.column, notice.count) for notice in receipt.warnings] == [("unknown_word", "w", 2)]
    assert not any("别的" in notice.text for notice in receipt.warnings)


def test_all_failing_columns_of_a_row_are_named_in_contract_order(bank_of):
    bank = bank_of("id | code | key\n a | amount | must\n d | date |\n c | currency | must")
    receipt = bank.take(text_of("1|1|20240101|CNY", "2|x|20230230|", "|1|20240101|CNY"))
    assert bank.reasons(receipt) == {2: "a:amount_form; d:no_such_date; c:missing_value", 3: "id:missing_value"}


def test_a_million_cents_add_up_exactly(bank_of):
    bank = bank_of("id | code | key\n a | amount | must\n c | currency |", total_columns=("a",), total_currency="c")
    receipt = bank.take(text_of(*(f"{number}|0.1|{'CNY' if number % 10 else 'USD'}" for number in range(100_000))))
    assert receipt.totals == {"a": {"CNY": "9000.00", "USD": "1000.00"}}


def test_separated_amounts_add_up_exactly(bank_of):
    bank = bank_of("id | code | key\n a | amount:,-0 | must\n c | currency |", total_columns=("a",), total_currency="c")
    receipt = bank.take(text_of("1|1,234,567.89|CNY", "2|1,000.00-|CNY", "3|0000000012.11|CNY", "4|-0.50|USD"))
    assert receipt.totals == {"a": {"CNY": "1233580.00", "USD": "-0.50"}}
