"""A filled form of allocations: what each row means, and every cell that does not pass, with why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drawn_tables import load_tables, need_table

from maisui.answers.allocation_forms import FilledForm, FilledObject, read_allocations
from maisui.answers.allocations import Holding
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import QuestionError
from maisui.warehouse.home import Home, create_home
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest

HEADER = "object_kind,object_number,employee_number,business_line,share_percent,valid_from,valid_until"
DAY = date(2026, 6, 1)
MANIFEST = Manifest("v1", "BANK", DAY, DAY, "c", "p", ("core",), "s", (), DAY, "h", ())
ON_DUTY = {"E1", "E2", "E3"}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    sources = ("supplement",)
    return create_home(
        tmp_path / "home", legal_entity_code="BANK", name_zh="麦穗", name_en="Maisui", currency="CNY", sources=sources, is_demo=True
    )


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Yield a version with an account of deposits and one of loans, two customers and a village."""
    engine = DuckDBEngine(tmp_path / "engine")
    load_tables(
        engine,
        account="""
            account_number | account_kind | organisation_code | customer_number | opened_on
            ---------------+--------------+-------------------+-----------------+-----------
            A1             | deposit      | B1                | C1              | 2020-01-01
            L1             | loan         | B2                | C2              | 2020-01-01
        """,
        customer="""
            customer_number | home_organisation_code
            ----------------+-----------------------
            C1              | B1
            C2              |
        """,
        village_roster_snapshot="""
            village_code | reported_on
            -------------+------------
            V1           | 2026-06-01
        """,
    )
    for name in ("account", "customer", "village_roster_snapshot"):
        need_table(engine, name)
    yield Reader(MANIFEST, engine.as_duckdb())
    engine.close()


def read(home: Home, reader: Reader, *rows: str, **given: Any) -> FilledForm:
    """Return what a form with these rows says to somebody who decides for the whole bank."""
    known: dict[str, Any] = {"on_duty": ON_DUTY, "organisations": None, "open_after": None} | given
    return read_allocations(home, reader, "\n".join([HEADER, *rows, ""]).encode(), is_workbook=False, **known)


def faults(form: FilledForm) -> list[tuple[int, str]]:
    """Return the rows and words of what did not pass; a form with such a cell gives no object."""
    assert form.objects == ()
    return [(fault.row, fault.what_en) for fault in form.faults]


def test_rows_of_one_object_are_its_shares_and_both_lines_are_two_objects(home: Home, reader: Reader) -> None:
    """The last day is that after which nothing counts; a day in 9999, or none, is for good."""
    form = read(
        home,
        reader,
        "账户,A1,E1,存款,60,20260601,20260701",
        "账户,A1,E2,存款,40,20260601,20260701",
        "客户,C2,E1,全部,33.3333,20260601,99991231",
        "村,V1,E3,贷款,100,20260601,",
    )
    ends = date(2026, 7, 1)
    assert form == FilledForm(
        4,
        (
            FilledObject(Holding("account", "A1", "deposit"), "B1", "C1", DAY, ends, {"E1": Decimal("0.6"), "E2": Decimal("0.4")}),
            FilledObject(Holding("customer", "C2", "deposit"), "none", "C2", DAY, None, {"E1": Decimal("0.333333")}),
            FilledObject(Holding("customer", "C2", "loan"), "none", "C2", DAY, None, {"E1": Decimal("0.333333")}),
            FilledObject(Holding("village", "V1", "loan"), "none", None, DAY, None, {"E3": Decimal(1)}),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("word", "lines"),
    [("deposit", ["deposit"]), ("存款", ["deposit"]), ("loan", ["loan"]), ("贷款", ["loan"]), ("all", ["deposit", "loan"])],
)
def test_business_lines_have_a_word_in_either_language(home: Home, reader: Reader, word: str, lines: list[str]) -> None:
    form = read(home, reader, f"customer,C1,E1,{word},100,20261231,")
    assert sorted(one.holding.account_kind for one in form.objects) == lines
    assert {one.valid_from for one in form.objects} == {date(2026, 12, 31)}


def test_an_account_of_deposits_is_meant_by_both_lines_as_what_it_is(home: Home, reader: Reader) -> None:
    form = read(home, reader, "账户,A1,E1,全部,100,20260601,")
    assert [one.holding for one in form.objects] == [Holding("account", "A1", "deposit")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("账户,A9,E1,存款,100,20260601,", "there is no such object"),
        ("账户,A1,E1,贷款,100,20260601,", "there is no such object"),
        ("客户,A1,E1,存款,100,20260601,", "there is no such object"),
        ("村,C1,E1,存款,100,20260601,", "there is no such object"),
        ("账户,A1,E9,存款,100,20260601,", "nobody on duty"),
        ("账户,A1,E1,存款,0,20260601,", "a share lies above 0"),
        ("账户,A1,E1,存款,20.5,20260601,20260601", "the last day lies after the first"),
        ("账户,A1,E1,存款,20.5,20260601,20260531", "the last day lies after the first"),
    ],
)
def test_a_row_that_cannot_be_meant_is_named_with_why(home: Home, reader: Reader, row: str, said: str) -> None:
    ((number, told),) = faults(read(home, reader, "客户,C1,E1,存款,1,20260601,", row))
    assert number == 3
    assert said in told


def test_a_share_of_exactly_the_whole_passes_and_a_millionth_more_does_not(home: Home, reader: Reader) -> None:
    whole = read(home, reader, "账户,A1,E1,存款,60,20260601,", "账户,A1,E2,存款,40,20260601,")
    assert whole.objects[0].shares == {"E1": Decimal("0.6"), "E2": Decimal("0.4")}
    ((number, told),) = faults(read(home, reader, "账户,A1,E1,存款,60,20260601,", "账户,A1,E2,存款,40.0001,20260601,"))
    assert number == 3
    assert "pass 100 %" in told


def test_all_rows_of_one_object_have_the_same_days(home: Home, reader: Reader) -> None:
    for other in ("20260602,", "20260601,20260701"):
        ((number, told),) = faults(read(home, reader, "账户,A1,E1,存款,60,20260601,", f"账户,A1,E2,存款,40,{other}"))
        assert number == 3
        assert "same days" in told


def test_nothing_may_begin_in_a_settled_month_unless_it_corrects_one(home: Home, reader: Reader) -> None:
    row = "账户,A1,E1,存款,60,20260601,"
    assert len(read(home, reader, row, open_after=date(2026, 5, 31)).objects) == 1
    for settled in (date(2026, 6, 1), date(2026, 6, 30)):
        ((_, told),) = faults(read(home, reader, row, open_after=settled))
        assert "settled month" in told


def test_what_lies_outside_ones_organisations_is_refused(home: Home, reader: Reader) -> None:
    row = "账户,A1,E1,存款,60,20260601,"
    assert len(read(home, reader, row, organisations={"B1"}).objects) == 1
    for other in (row, "村,V1,E1,存款,60,20260601,"):
        ((_, told),) = faults(read(home, reader, other, organisations={"B2"}))
        assert "outside your organisations" in told


def test_faults_are_told_in_the_order_of_the_cells(home: Home, reader: Reader) -> None:
    form = read(home, reader, "账户,A9,E9,存款,0,20260602,20260601", "账户,A1,E9,存款,10,20260601,")
    told = [(number, word.split()[0]) for number, word in faults(form)]
    assert told == [(2, "there"), (2, "nobody"), (2, "a"), (2, "the"), (3, "nobody")]


def test_a_row_that_cannot_be_read_is_not_judged_further_and_hides_no_fault_of_another(home: Home, reader: Reader) -> None:
    """The first row is told for its share alone; the two below pass 100 % together, which one correction must not bring to light."""
    form = read(
        home,
        reader,
        "账户,A9,E9,存款,viel,20260601,",
        "账户,A1,E1,存款,60,20260601,",
        "账户,A1,E2,存款,60,20260601,",
        "客户,C9,E1,存款,1,20260601,",
    )
    assert [(number, word.split()[0]) for number, word in faults(form)] == [(2, "not"), (4, "the"), (5, "there")]
    assert form.row_count == 4
    assert [fault.allowed_en for fault in form.faults[:2]] == ["a number above 0 and at most 100, four decimals at most"] * 2


def test_a_file_that_is_not_the_form_is_refused_as_a_whole(home: Home, reader: Reader) -> None:
    with pytest.raises(QuestionError):
        read_allocations(home, reader, b"a,b\n1,2\n", is_workbook=False, on_duty=ON_DUTY, organisations=None, open_after=None)
