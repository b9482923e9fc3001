"""C7: columns added, removed, renamed, reordered, retyped, widened."""

import pytest
from unit.intake.drawn_files import COLUMNS, line, text_of

HEADER = "account|name|balance|opened|currency|status"
ROWS = [line(number) for number in range(40)]
HEADED = {"has_header": True}


def headed(header=HEADER, rows=ROWS):
    return text_of(header, *rows)


def test_reordered_columns_are_matched_by_name(bank_of):
    bank = bank_of(**HEADED)
    order = ["status", "account", "currency", "name", "opened", "balance"]
    cells = [dict(zip(HEADER.split("|"), row.split("|"), strict=True)) for row in ROWS]
    receipt = bank.take(headed("|".join(order), ["|".join(row[name] for name in order) for row in cells]))
    assert receipt.columns == tuple(order)
    assert bank.rows(receipt)[0] == {**cells[0], "source_line": 2}


@pytest.mark.parametrize("name", HEADER.split("|"))
def test_a_removed_or_renamed_column_stops_the_file(bank_of, name):
    position = HEADER.split("|").index(name)
    shorter = ["|".join(cell for place, cell in enumerate(row.split("|")) if place != position) for row in [HEADER, *ROWS]]
    assert f"lacks 1 contracted column(s): {name}" in bank_of(**HEADED).refusal(text_of(*shorter))
    assert f"lacks 1 contracted column(s): {name}" in bank_of(**HEADED, drift="evolve").refusal(headed(HEADER.replace(name, name + "_no")))
    assert "columns are missing: 6 expected, 5 found" in bank_of().refusal(text_of(*shorter[1:]))


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_added_column_is_kept_or_stops_the_file(bank_of, place):
    def widened(cell, row):
        cells = row.split("|")
        return "|".join([*cells[:place], cell, *cells[place:]])

    content = headed(widened("branch", HEADER), [widened(str(number), row) for number, row in enumerate(ROWS)])
    bank = bank_of(**HEADED, drift="evolve")
    receipt = bank.take(content)
    assert bank.column(receipt, "branch") == [str(number) for number in range(40)]
    assert [(notice.code, notice.column, notice.count) for notice in receipt.warnings] == [("extra_column", "branch", 40)]
    text = bank_of(**HEADED).refusal(content)
    assert "1 column(s) the frozen contract does not know" in text
    assert "branch" not in text


def test_strange_column_names_are_numbered(bank_of):
    bank = bank_of(**HEADED, drift="evolve")
    receipt = bank.take(headed(HEADER + "|source_line|a b|好", [row + "|1|2|3" for row in ROWS]))
    assert (bank.rows(receipt)[0]["extra_1"], bank.rows(receipt)[0]["extra_2"], bank.rows(receipt)[0]["好"]) == ("1", "2", "3")


def test_a_column_named_twice_stops_the_file(bank_of):
    assert "names a column twice" in bank_of(**HEADED, drift="evolve").refusal(headed(HEADER + "|name", [row + "|x" for row in ROWS]))


def test_a_missing_header_stops_the_file(bank_of):
    assert "lacks 6 contracted column(s)" in bank_of(**HEADED, drift="evolve").refusal(text_of(*ROWS))


def test_a_header_may_end_in_a_delimiter_as_its_rows_do(bank_of):
    bank = bank_of(**HEADED)
    receipt = bank.take(headed(HEADER + "|", [row + "|" for row in ROWS]))
    assert (receipt.loaded, receipt.warnings) == (40, ())


def test_fields_without_a_header_cell_stop_the_file(bank_of):
    assert "field_count 40 times" in bank_of(**HEADED, drift="evolve").refusal(headed(rows=[row + "|x" for row in ROWS]))


def test_extra_fields_on_every_line_are_kept_or_stop_the_file(bank_of):
    bank = bank_of(drift="evolve")
    receipt = bank.take(text_of(*(row + f"|{number % 2 or ''}|y" for number, row in enumerate(ROWS))))
    assert bank.column(receipt, "extra_1")[:2] == ["", "1"]
    assert [notice.column for notice in receipt.warnings] == ["extra_1", "extra_2"]
    assert "6 expected, 8 found" in bank_of().refusal(text_of(*(row + "|x|y" for row in ROWS)))


def test_empty_fields_behind_the_last_column_are_dropped(bank_of):
    for drift in ("evolve", "freeze"):
        bank = bank_of(drift=drift)
        receipt = bank.take(text_of(*(row + "||" for row in ROWS)))
        assert (receipt.loaded, receipt.surplus, receipt.warnings) == (40, 2, ())
        assert set(bank.column(receipt, "status")) == {"正常"}


def test_an_empty_field_too_many_or_too_few_costs_its_line(bank_of):
    """Which delimiter is the stray one cannot be known: the row might be shifted."""
    bank = bank_of()
    receipt = bank.take(text_of(*ROWS, line(97) + "|", line(98, name="王|麦", status="")))
    assert bank.reasons(receipt) == {41: "field_count", 42: "field_count"}
    bank = bank_of()
    assert bank.reasons(bank.take(text_of(*(row + "||" for row in ROWS), line(97) + "|"))) == {41: "field_count"}


def test_one_filled_field_behind_the_last_column_is_kept_or_costs_its_line(bank_of):
    content = text_of(*(row + "|" for row in ROWS), line(98) + "|x", "short|")
    bank = bank_of(drift="evolve")
    receipt = bank.take(content)
    assert bank.reasons(receipt) == {42: "field_count"}
    assert bank.column(receipt, "extra_1") == [""] * 40 + ["x"]
    bank = bank_of(drift="freeze")
    assert bank.reasons(bank.take(content)) == {41: "field_count", 42: "field_count"}


def test_a_stray_delimiter_before_an_empty_last_field_costs_its_line(bank):
    receipt = bank.take(text_of(*(row + "|" for row in ROWS), line(98, name="王|麦") + "|"))
    assert bank.reasons(receipt) == {41: "field_count"}


def test_a_line_short_of_the_extra_fields_costs_its_line(bank_of):
    bank = bank_of(drift="evolve")
    receipt = bank.take(text_of(*(row + "|x|y" for row in ROWS), line(98) + "|x"))
    assert bank.reasons(receipt) == {41: "field_count"}


def test_the_whole_file_decides_about_extra_fields(bank_of, monkeypatch):
    monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", 1024)
    rows = [line(number) for number in range(200)]
    for first, last in (("|", "|x"), ("|x", "|")):
        bank = bank_of(drift="evolve")
        receipt = bank.take(text_of(*(row + (first if number < 100 else last) for number, row in enumerate(rows))))
        assert receipt.loaded == 200
        assert sorted(set(bank.column(receipt, "extra_1"))) == ["", "x"]


def test_a_few_extra_fields_do_not_shift_the_file(bank_of):
    bank = bank_of(drift="evolve")
    receipt = bank.take(text_of(*ROWS[:10], *(row + "|x" for row in ROWS[10:21])))
    assert (receipt.loaded, receipt.quarantined) == (10, 11)


@pytest.mark.parametrize("swap", [(0, 2), (2, 3), (3, 4), (1, 2), (2, 4), (0, 3)])
def test_reordered_columns_without_header_stop_the_file(bank_of, swap):
    one, other = swap
    swapped = []
    for row in ROWS:
        cells = row.split("|")
        cells[one], cells[other] = cells[other], cells[one]
        swapped.append("|".join(cells))
    text = bank_of(drift="evolve").refusal(text_of(*swapped))
    assert "of 40 lines do not pass" in text
    assert "王小麦" not in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("balance", "1,000.00"),
        ("balance", "ten"),
        ("balance", "1.000"),
        ("opened", "2020-02-29"),
        ("opened", "43890"),
        ("currency", "156"),
        ("account", "6.22E+18"),
    ],
)
def test_a_retyped_column_stops_the_file(bank_of, name, value):
    for rows in (40, 3):
        text = bank_of().refusal(text_of(*(line(number, **{name: value}) for number in range(rows))))
        assert f"{rows} of {rows} lines do not pass" in text
        assert f"{name}:" in text
        assert value not in text


def test_a_widened_text_passes(bank):
    receipt = bank.take(text_of(line(1, name="麦" * 50_000), line(2)))
    assert len(bank.column(receipt, "name")[0]) == 50_000


def test_the_three_commonest_reasons_are_named_with_counts_and_lines(bank):
    rows = [line(n, balance="x") for n in range(30)] + [line(n, currency="x") for n in range(30, 50)] + ["|"] * 10 + [line(60, opened="x")]
    text = bank.refusal(text_of(line(99), *rows))
    assert "61 of 62 lines" in text
    assert (
        "balance:amount_form 30 times, first on line 2, currency:currency_form 20 times, first on line 32,"
        " field_count 10 times, first on line 52" in text
    )
    assert "opened" not in text


def test_a_wrong_delimiter_is_told_by_its_count(bank):
    assert "6 expected, 1 found" in bank.refusal(text_of(*ROWS).replace("|", ","))


def test_columns_stand_in_contract_order(bank):
    receipt = bank.take(text_of(*ROWS))
    assert list(bank.rows(receipt)[0]) == [*[row.split("|")[0].strip() for row in COLUMNS.strip().splitlines()], "source_line"]


def test_so_many_bad_lines_stop_the_file_at_once(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.quarantine.MOST_QUARANTINED", 50)
    monkeypatch.setattr("maisui.intake.quarantine._SPILL_ROWS", 20)
    text = bank.refusal(text_of(*(line(number, balance="x") for number in range(200))))
    assert "more than 50 lines do not pass: balance:amount_form 51 times, first on line 1" in text


def test_many_quarantined_lines_are_all_kept(bank_of, monkeypatch):
    monkeypatch.setattr("maisui.intake.quarantine._SPILL_ROWS", 20)
    bank = bank_of(quarantine_limit=0.9)
    receipt = bank.take(text_of(*(line(number, balance="x" if number % 2 else "1") for number in range(200))))
    assert list(bank.reasons(receipt)) == list(range(2, 201, 2))


def test_a_file_that_contradicts_itself_is_refused(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.reading._MOST_PASSES", 1)
    assert "contradicts itself" in bank.refusal(text_of(*(row + "|" for row in ROWS)))
