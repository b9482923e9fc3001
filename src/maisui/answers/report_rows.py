"""The accounts behind one cause of a reported figure's difference; ours less theirs over them is the cause's amount."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers.report_accounts import ATTRIBUTES, accounts_sql
from maisui.answers.report_causes import LEDGER_TIES, basis_of, of_the_ledger, other_days
from maisui.answers.report_detail import differing_sql
from maisui.answers.report_figure import NIL, Cause, FigureComparison, ReportedFigure
from maisui.answers.report_rates import RATE_OF, UNCONVERTED, converted_sql
from maisui.answers.report_single import FORGOTTEN, TWICE
from maisui.metrics import Metric
from maisui.metrics.measure_sql import quoted_text
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One account behind a cause, or one outlet and subject where the cause is one of the ledger; `reason` is its own, from a detail."""

    account_number: str | None
    currency: str
    organisation: str
    product: str
    ours: Decimal
    theirs: Decimal


@dataclass(frozen=True, slots=True)
class CauseRows:
    """One page of the rows behind a cause, the largest first, of all that may be seen; the others are counted and summed."""

    rows: tuple[CauseRow, ...]
    count: int
    amount: Decimal
    hidden_count: int
    hidden_amount: Decimal


def cause_rows(
    reader: Reader, comparison: FigureComparison, cause: Cause, *, visible: Collection[str] | None, page: int, page_size: int
) -> CauseRows:
    """Return the rows behind a cause, of the organisations in `visible` (None is every one); their sums are the cause's amount."""
    figure, metric = comparison.figure, comparison.metric
    if metric is None or not cause.has_rows:
        return CauseRows((), 0, NIL, 0, NIL)
    query = _rows_sql(reader, metric, figure, cause)
    shown = "true" if visible is None else f"organisation_code IN ({', '.join(quoted_text(code) for code in sorted(visible)) or 'NULL'})"
    count, amount, whole, whole_amount = reader.rows(
        f"SELECT count(*) FILTER (WHERE {shown}), coalesce(sum(ours - theirs) FILTER (WHERE {shown}), 0), count(*), "
        f"coalesce(sum(ours - theirs), 0) FROM ({query}) AS r"
    )[0]
    rows = reader.rows(
        f"SELECT account_number, currency, organisation_code, product_code, ours, theirs FROM ({query}) AS r WHERE {shown} "
        "ORDER BY abs(ours - theirs) DESC, account_number, organisation_code, product_code, currency LIMIT ? OFFSET ?",
        [page_size, (page - 1) * page_size],
    )
    return CauseRows(tuple(CauseRow(*row) for row in rows), count, amount, whole - count, whole_amount - amount)


def _rows_sql(reader: Reader, metric: Metric, figure: ReportedFigure, cause: Cause) -> str:
    """Return the SELECT of the rows behind a cause; ours less theirs adds up to its amount."""
    code, _, value = cause.code.partition("=")
    columns = "account_number, currency, organisation_code, product_code"
    if ":" in code:
        differing = differing_sql(reader, basis_of(reader, metric, figure, figure.day), figure.report, other_days(reader, figure.day))
        return f"SELECT * FROM ({differing}) AS d WHERE reason = {quoted_text(cause.code)}"
    if code == "day":
        counted = f"SELECT {columns}, balance FROM (%s) AS a WHERE is_counted AND balance <> 0"
        now = counted % accounts_sql(basis_of(reader, metric, figure, figure.day))
        then = counted % accounts_sql(basis_of(reader, metric, figure, date.fromisoformat(value)))
        return (
            f"SELECT * FROM (SELECT account_number, currency, coalesce(n.organisation_code, t.organisation_code) AS organisation_code, "
            f"coalesce(n.product_code, t.product_code) AS product_code, coalesce(n.balance, 0) AS ours, coalesce(t.balance, 0) AS theirs "
            f"FROM ({now}) AS n FULL JOIN ({then}) AS t USING (account_number, currency)) AS b WHERE ours <> theirs"
        )
    if code in ("book", "ledger"):
        sides = "subledger_balance AS ours, ledger_balance AS theirs" if code == "ledger" else "0.00 AS ours, subledger_balance AS theirs"
        where = f"{of_the_ledger(reader, replace(figure, day=cause.day))} AND l.control_code = {quoted_text(value)}"
        return (
            "SELECT * FROM (SELECT CAST(NULL AS VARCHAR) AS account_number, currency, organisation_code, subject_code AS product_code, "
            f"{sides} FROM {LEDGER_TIES} AS l WHERE {where}) AS b WHERE ours <> theirs"
        )
    basis = basis_of(reader, metric, figure, cause.day)
    if code in (UNCONVERTED, RATE_OF):
        return f"SELECT * FROM ({converted_sql(basis, cause.code)}) AS b WHERE ours <> theirs"
    accounts = accounts_sql(basis)
    if code in (FORGOTTEN, TWICE):
        sides = "balance AS ours, 0.00 AS theirs" if code == FORGOTTEN else "balance AS ours, balance * 2 AS theirs"
        return (
            f"SELECT {columns}, {sides} FROM ({accounts}) AS a WHERE is_counted AND balance = CAST({quoted_text(value)} AS DECIMAL(18,2))"
        )
    outlet, _, also = cause.also.partition("=")
    is_left_out = ATTRIBUTES[code].is_counted
    sides = "balance AS ours, 0.00 AS theirs" if is_left_out else "0.00 AS ours, balance AS theirs"
    beside = f" OR coalesce({outlet} = {quoted_text(also)}, false)" if outlet else ""
    counted = f"(is_counted{beside})" if is_left_out else "true"
    gone, _, first = cause.without.partition("=")
    apart = f" AND NOT coalesce({gone} = {quoted_text(first)}, false)" if gone else ""
    where = f"balance <> 0 AND {counted} AND {code} = {quoted_text(value)}{apart}"
    return f"SELECT {columns}, {sides} FROM ({accounts}) AS a WHERE {where}"
