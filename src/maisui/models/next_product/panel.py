"""What the model of the next product sees of a day: who everybody is, what he holds, what may be offered to him, and what he took up.

Holdings of a day are those of spans that began by then: a span that ends later is still open, whatever its end. What is taken up
is asked for learning and for the check of what came true, never for scoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from maisui.models.next_product.described import features_for
from maisui.models.next_product.rules import Person, Rules, is_sound, suitable
from maisui.models.panel import Marts

_SPANS = """
  SELECT customer_number, product_group, opened_on AS valid_from, closed_on AS valid_until FROM account
  UNION ALL
  SELECT customer_number, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END,
    coalesce(issued_on, DATE '1900-01-01'), closed_on
  FROM card WHERE card_kind <> 'passbook' AND customer_number IS NOT NULL
  UNION ALL
  SELECT customer_number, product_group, valid_from, valid_until FROM asset_holding
"""
_CONSENT = """
  SELECT
    coalesce(c.person_customer_number, l.customer_number) AS person_number,
    bool_or(l.consent_purpose_code = 'personalisation' AND l.consent_status = 'withdrawn') AS refuses_automated,
    bool_or(l.consent_purpose_code = 'marketing' AND l.consent_status = 'withdrawn') AS refuses_marketing,
    bool_or(l.consent_purpose_code = 'marketing' AND l.consent_status = 'given' AND (l.expires_on IS NULL OR l.expires_on >= t.today)) AS agrees
  FROM (
    SELECT customer_number, consent_purpose_code, consent_status, expires_on
    FROM consent CROSS JOIN (SELECT max(business_date) AS today FROM customer_fact_month) AS d
    WHERE effective_from <= d.today
    QUALIFY row_number() OVER (
      PARTITION BY customer_number, consent_purpose_code ORDER BY effective_from DESC, consent_number DESC
    ) = 1
  ) AS l
  CROSS JOIN (SELECT max(business_date) AS today FROM customer_fact_month) AS t
  LEFT JOIN customer AS c ON c.customer_number = l.customer_number
  GROUP BY coalesce(c.person_customer_number, l.customer_number)
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everybody of a day in the order of customer numbers.

    `values` has one row a customer and one column a feature, nan where unknown; `holds`, `suits` and `taken` one column a group, in
    the order of the rules. `taken` is what was begun within the horizon after, none of it where that was not asked.
    """

    day: date
    customers: np.ndarray
    organisations: np.ndarray
    kinds: np.ndarray
    tiers: np.ndarray
    why_none: np.ndarray
    may_approach: np.ndarray
    values: np.ndarray
    holds: np.ndarray
    suits: np.ndarray
    taken: np.ndarray

    @property
    def is_judged(self) -> np.ndarray:
        """Return for whom something suitable may be found."""
        return np.array([why is None for why in self.why_none], bool)


def panel(reader: Marts, rules: Rules, day: date, seen: date | None = None, *, share: int = 256) -> Panel:
    """Return the panel of a month end; `seen` is the day until which what was taken up counts. `share` of 256 parts of the customers."""
    groups = rules.groups
    found = reader.arrays(_query(groups, day, seen, share))
    holds, held, taken = (np.column_stack([_flag(found, f"{code}_{group}") for group in groups]) for code in ("holds", "held", "taken"))
    features = features_for(groups)
    kinds = np.asarray(found["customer_kind"], object)
    people = Person(
        kinds=kinds,
        is_farmer=_flag(found, "is_farmer"),
        age=np.ma.filled(np.ma.asarray(found["age"]), -1),
        is_sound=is_sound(np.asarray(found["overdue"], np.float64), np.asarray(found["loan_class_rank"])),
    )
    why = np.array(np.ma.getdata(found["why_none"]), object)
    why[np.ma.getmaskarray(found["why_none"])] = None
    suits = suitable(rules, people, holds, held)
    suits[[reason is not None for reason in why]] = False
    return Panel(
        day=day,
        customers=np.asarray(found["customer_number"], object),
        organisations=np.asarray(found["organisation_code"], object),
        kinds=kinds,
        tiers=np.asarray(found["tier_code"], object),
        why_none=why,
        may_approach=_flag(found, "may_approach"),
        values=np.column_stack([np.ma.filled(np.ma.asarray(found[one.code], np.float64), np.nan) for one in features]),
        holds=holds,
        suits=suits,
        taken=taken & suits,
    )


def _query(groups: tuple[str, ...], day: date, seen: date | None, share: int) -> str:
    """Return the SELECT of a day; nothing after the day is read, but for what was begun until `seen`."""
    today, until = f"DATE '{day}'", f"DATE '{seen or day}'"
    listed = ", ".join(f"'{group}'" for group in groups)
    flags = ", ".join(
        f"max(CASE WHEN s.product_group = '{group}' AND {held} THEN 1.0 ELSE 0.0 END) AS {code}_{group}"
        for code, held in (
            ("open", f"s.valid_from <= {today} AND (s.valid_until IS NULL OR s.valid_until > {today})"),
            ("ended", f"s.valid_from <= {today} AND s.valid_until <= {today}"),
            ("begun", f"s.valid_from > {today}"),
        )
        for group in groups
    )
    columns = ", ".join(
        f"coalesce(w.open_{group}, 0.0) AS holds_{group}, "
        f"CASE WHEN w.ended_{group} > 0 AND w.open_{group} = 0 THEN 1.0 ELSE 0.0 END AS held_{group}, coalesce(w.begun_{group}, 0.0) AS taken_{group}"
        for group in groups
    )
    features = ", ".join(f"{one.sql} AS {one.code}" for one in features_for(groups) if not one.sql.startswith("h."))
    within = "" if share >= 256 else f"AND substr(md5(n.customer_number), 1, 2) < '{share:02x}'"  # noqa: PLR2004 - all of 256
    return f"""
WITH merged AS (
  SELECT customer_number, surviving_number FROM customer_merge
  WHERE valid_from <= {today} AND (valid_until IS NULL OR valid_until > {today})
),
spans AS (
  SELECT coalesce(m.surviving_number, s.customer_number) AS customer_number, s.product_group, s.valid_from, s.valid_until
  FROM ({_SPANS}) AS s
  LEFT JOIN merged AS m ON m.customer_number = s.customer_number
  WHERE s.valid_from <= {until} AND s.product_group IN ({listed})
),
w AS (SELECT s.customer_number, {flags} FROM spans AS s GROUP BY s.customer_number),
consents AS ({_CONSENT})
SELECT
  n.customer_number, n.organisation_code, n.customer_kind, n.tier_code, n.overdue_balance AS overdue, n.loan_class_rank,
  {day.year} - year(p.born_on) - CASE WHEN month(p.born_on) * 100 + day(p.born_on) > {day.month * 100 + day.day} THEN 1 ELSE 0 END AS age,
  CASE WHEN coalesce(p.is_farmer, false) THEN 1.0 ELSE 0.0 END AS is_farmer,
  CASE
    WHEN NOT n.is_holder THEN 'left_already'
    WHEN coalesce(p.is_blacklisted, false) THEN 'blacklisted'
    WHEN coalesce(c.refuses_automated, false) THEN 'refused_automated'
  END AS why_none,
  CASE WHEN coalesce(c.agrees, false) AND NOT coalesce(c.refuses_marketing, false) THEN 1.0 ELSE 0.0 END AS may_approach,
  {columns}, {features}
FROM customer_fact_month AS n
LEFT JOIN w ON w.customer_number = n.customer_number
LEFT JOIN customer AS p ON p.customer_number = n.customer_number
LEFT JOIN consents AS c ON c.person_number = coalesce(p.person_customer_number, n.customer_number)
WHERE n.business_date = {today} {within}
ORDER BY n.customer_number"""


def _flag(found: dict[str, Any], name: str) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(found[name], np.float64), 0.0) > 0
