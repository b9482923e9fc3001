"""What one holder of a product group brings in a year, by kind of customer: from the contribution engine, or from fees of sales.

Groups of accounts (deposits, loans) have a contribution of their own. Agency and wealth have no account: theirs are the fees of
their sales, times what remains of a fee without account after tax and costs by the engine. Where neither is known there is no margin.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from maisui.models.panel import Marts

_CENT, _YEAR = Decimal("0.01"), 12
_OWN = """
SELECT c.product_group, c.customer_kind, CAST(sum(c.contribution_amount) AS DECIMAL(38,2))
FROM contribution_month AS c
WHERE c.currency = 'CNY' AND c.account_kind <> 'none' AND c.business_date > ? AND c.business_date <= ?
GROUP BY c.product_group, c.customer_kind ORDER BY c.product_group, c.customer_kind
"""
_HOLDERS = """
SELECT level_code, customer_kind, CAST(sum(holder_count) AS BIGINT)
FROM product_customer_month
WHERE level_kind = 'group' AND business_date > ? AND business_date <= ? AND business_date = last_day(business_date)
GROUP BY level_code, customer_kind ORDER BY level_code, customer_kind
"""
_FEES = """
SELECT p.product_group, CAST(sum(s.fee_amount) AS DECIMAL(38,2))
FROM (
  SELECT product_code, fee_amount FROM wealth_sale WHERE currency = 'CNY' AND confirmed_on > $first AND confirmed_on <= $last
  UNION ALL
  SELECT product_code, fee_amount FROM agency_sale WHERE currency = 'CNY' AND traded_on > $first AND traded_on <= $last
) AS s
INNER JOIN product AS p ON p.product_code = s.product_code
GROUP BY p.product_group ORDER BY p.product_group
"""
_KEPT = """
SELECT CAST(sum(contribution_amount) AS DECIMAL(38,2)), CAST(sum(fee_amount) AS DECIMAL(38,2))
FROM account_contribution_month
WHERE account_number = 'none' AND currency = 'CNY' AND business_date > ? AND business_date <= ?
"""


def margins(reader: Marts, ends: tuple[date, ...]) -> dict[tuple[str, str], Decimal]:
    """Return what a holder brings in a year, under product group and kind of customer; nothing for groups that nobody held."""
    chosen = ends[-_YEAR:]
    first, last = chosen[0].replace(day=1), chosen[-1]
    before = date.fromordinal(first.toordinal() - 1)
    holder_months = {(group, kind): int(count) for group, kind, count in reader.rows(_HOLDERS, [before, last])}
    found = {
        (group, kind): _a_year(amount, holder_months[group, kind])
        for group, kind, amount in reader.rows(_OWN, [before, last])
        if holder_months.get((group, kind))
    }
    ((kept, fees),) = reader.rows(_KEPT, [before, last])
    if not fees:
        return found
    sales = reader.rows(_FEES.replace("$first", f"DATE '{before}'").replace("$last", f"DATE '{last}'"))
    for group, amount in sales:
        kinds = {kind: count for (code, kind), count in holder_months.items() if code == group}
        months = sum(kinds.values())
        if months and amount:
            found |= {(group, kind): _a_year(amount * kept / fees, months) for kind in kinds if (group, kind) not in found}
    return found


def _a_year(amount: Decimal, holder_months: int) -> Decimal:
    return (amount * _YEAR / holder_months).quantize(_CENT, ROUND_HALF_UP)
