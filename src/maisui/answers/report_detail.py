"""A report's own detail against our accounts, one by one: in theirs only, in ours only, or with another amount, each with its reason.

What belongs together is named once: an attribute of which every account that counts with us is missing in the report is the reason of
all of them. Every cent of the difference between both sums stands in exactly one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.report_accounts import Basis, accounts_sql
from maisui.metrics.measure_sql import quoted_text
from maisui.warehouse.reader import Reader

_FEWEST_TOGETHER = 2
_TELLING_ALONE = frozenset(("moved_from", "closed_since", "closed_already", "opened_today", "foreign_currency"))
"""Attributes that explain even a single account; of others one account alone may be chance."""


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """Accounts that differ for one reason: how many, and what ours and theirs say of them."""

    code: str
    accounts: int
    ours: Decimal
    theirs: Decimal


def detail_groups(reader: Reader, basis: Basis, report: str, days: Sequence[date]) -> tuple[DetailGroup, ...]:
    """Return the accounts in which the report's detail differs from ours, by reason; `days` are those whose balance it may hold."""
    found = reader.rows(
        f"SELECT reason, count(*), sum(ours), sum(theirs) FROM ({differing_sql(reader, basis, report, days)}) AS d "
        "GROUP BY reason ORDER BY abs(sum(ours) - sum(theirs)) DESC, reason"
    )
    return tuple(DetailGroup(*row) for row in found)


def differing_sql(reader: Reader, basis: Basis, report: str, days: Sequence[date]) -> str:
    """Return the SELECT of the accounts that differ, one row each: what it is, ours, theirs and the reason."""
    return f"""
WITH matched AS ({_matched_sql(basis, report)})
SELECT account_number, currency, organisation_code, product_code, ours, theirs,
  CASE
    WHEN NOT is_theirs THEN {_left_out(reader, basis, report)}
    WHEN NOT is_counted THEN {_COUNTED_IN_LOANS if basis.is_of_loans else _COUNTED_IN}
    WHEN theirs * 10000 = ours OR theirs = ours * 10000 THEN 'differs:unit'
    {_of_another_day(basis, days)}
    ELSE 'differs:amount'
  END AS reason
FROM matched WHERE ours <> theirs
"""


def _matched_sql(basis: Basis, report: str) -> str:
    codes = ", ".join(f"min({one.code}) AS {one.code}" for one in basis.attributes)
    number = (
        "coalesce((SELECT min(l.loan_number) FROM loan AS l WHERE l.account_number = d.account_number), d.account_number)"
        if basis.is_of_loans
        else "coalesce((SELECT min(l.account_number) FROM loan AS l WHERE l.loan_number = d.account_number), d.account_number)"
    )
    return f"""
  WITH ours AS (
    SELECT account_number, min(currency) AS currency, min(organisation_code) AS organisation_code, min(product_code) AS product_code,
      min(closed_on) AS closed_on, min(opened_on) AS opened_on, bool_or(is_here) AS is_here, bool_or(meets) AS meets,
      coalesce(bool_or(is_counted AND balance <> 0), false) AS is_counted,
      coalesce(sum(balance) FILTER (WHERE is_counted), 0) AS ours, {codes}
    FROM ({accounts_sql(basis)}) AS a GROUP BY account_number
  ),
  theirs AS (
    SELECT {number} AS account_number, sum(d.reported_amount) AS theirs FROM reported_detail AS d
    WHERE d.report_name = {quoted_text(report)} AND d.organisation_code = {quoted_text(basis.organisation)}
      AND d.measured_on = DATE '{basis.day}' AND d.metric_code = {quoted_text(basis.metric.code)} GROUP BY 1
  )
  SELECT coalesce(o.account_number, t.account_number) AS account_number, o.* EXCLUDE (account_number, ours, is_counted),
    o.account_number IS NOT NULL AS is_ours, t.account_number IS NOT NULL AS is_theirs, coalesce(o.is_counted, false) AS is_counted,
    coalesce(o.ours, 0) AS ours, coalesce(t.theirs, 0) AS theirs, DATE '{basis.day}' AS business_date
  FROM ours AS o FULL JOIN theirs AS t ON t.account_number = o.account_number"""


def _left_out(reader: Reader, basis: Basis, report: str) -> str:
    """Return the reason of an account that only we have: the first attribute of which the report has no account at all."""
    attributes = sorted((one for one in basis.attributes if one.is_counted), key=lambda one: (one.rank, one.code))
    wholly = " UNION ALL ".join(
        f"SELECT '{one.code}' AS attribute_code, {one.code} AS value FROM m WHERE is_counted AND {one.code} IS NOT NULL GROUP BY 2 "
        f"HAVING count(*) FILTER (WHERE is_theirs) = 0 AND count(*) >= {1 if one.code in _TELLING_ALONE else _FEWEST_TOGETHER}"
        for one in attributes
    )
    missing: dict[str, list[str]] = {}
    for code, value in reader.rows(f"WITH m AS MATERIALIZED ({_matched_sql(basis, report)}) {wholly} ORDER BY 1, 2"):
        missing.setdefault(code, []).append(quoted_text(value))
    cases = [
        f"WHEN {one.code} IN ({', '.join(missing[one.code])}) THEN concat('left_out:{one.code}=', {one.code})"
        for one in attributes
        if one.code in missing
    ]
    return f"CASE {' '.join(cases)} ELSE 'left_out:missing' END" if cases else "'left_out:missing'"


_KNOWN = """CASE
      WHEN NOT is_ours THEN CASE
        WHEN EXISTS (SELECT 1 FROM account AS x WHERE x.account_number = matched.account_number) THEN 'counted_in:other_kind'
        ELSE 'counted_in:unknown' END
      WHEN closed_on <= business_date THEN 'counted_in:closed_already'
      WHEN opened_on > business_date THEN 'counted_in:opened_later'
      WHEN merged_outlet IS NOT NULL THEN concat('counted_in:merged_outlet=', merged_outlet)
      WHEN came_later IS NOT NULL THEN concat('counted_in:came_later=', came_later)
      WHEN left_earlier IS NOT NULL THEN concat('counted_in:left_earlier=', left_earlier)
      WHEN NOT is_here THEN concat('counted_in:elsewhere=', organisation_code)"""
_COUNTED_IN = f"""{_KNOWN}
      WHEN NOT meets THEN concat('counted_in:beyond_group=', coalesce(beyond_group, 'none'))
      ELSE 'counted_in:no_balance' END"""
_COUNTED_IN_LOANS = f"""{_KNOWN}
      WHEN NOT meets THEN concat('counted_in:beyond_status=', coalesce(beyond_status, 'none'))
      ELSE 'counted_in:no_balance' END"""


def _of_another_day(basis: Basis, days: Sequence[date]) -> str:
    """Return the cases of an account whose reported amount is our balance of another day."""
    table, key = ("loan_state", "loan_number") if basis.is_of_loans else ("account_balance", "account_number")
    return "\n    ".join(
        f"WHEN EXISTS (SELECT 1 FROM {table} AS x WHERE x.{key} = matched.account_number AND x.valid_from <= DATE '{day}' "
        f"AND (x.valid_until IS NULL OR x.valid_until > DATE '{day}') AND x.balance = theirs) THEN 'differs:day={day}'"
        for day in days
    )
