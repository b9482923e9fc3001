"""What customers' own transactions show of them: incomes and their payers, money elsewhere, fixed payments, habits, seasons.

Postings flagged as reversals are left out. Every threshold is a parameter as of the reporting date, and each row carries the
facts it was found by. Of several payers or payees the one with the largest sum counts. A migrant worker and a farming season need
both the profile and money of the season: one movement of it suffices, and only its share of the inflow makes it sure.
"""

from maisui.marts.customer_habit_fact import FREE_INFLOW
from maisui.steps.characteristic_settings_sql import SETTINGS_QUERY
from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.customer_characteristic import CUSTOMER_CHARACTERISTIC

_ROW = """counterparty_account, counterparty_name, counterparty_bank_name, usual_day, median_amount, total_amount,
    event_count, month_count, evidence_share, first_seen_on, last_seen_on"""
_INFLOW = "e.is_incoming AND e.transaction_type IN ('transfer', 'cash_deposit', 'payroll')"


def _share(part: str, whole: str) -> str:
    return div_half_up(part, whole, 6)


CUSTOMER_CHARACTERISTIC_MART = Step(
    name="fill_customer_characteristic",
    writes=CUSTOMER_CHARACTERISTIC,
    reads=("customer_event", "customer_party_fact", "customer_habit_fact", "customer", "parameter"),
    query=f"""
WITH settings AS ({SETTINGS_QUERY}),
totals AS (
  SELECT
    e.customer_number,
    CAST(sum(CASE WHEN e.is_own THEN 1 ELSE 0 END) AS BIGINT) AS own_count,
    CAST(sum(CASE WHEN {_INFLOW} THEN e.amount ELSE 0 END) AS DECIMAL(38,2)) AS inflow_amount,
    CAST(sum(CASE WHEN {FREE_INFLOW} THEN e.amount ELSE 0 END) AS DECIMAL(38,2)) AS free_inflow_amount
  FROM customer_event AS e
  WHERE e.is_recent
  GROUP BY e.customer_number
),
long_totals AS (
  SELECT e.customer_number, CAST(sum(e.amount) AS DECIMAL(38,2)) AS free_inflow_amount
  FROM customer_event AS e
  CROSS JOIN settings AS s
  WHERE {FREE_INFLOW} AND e.months_ago < s.migrant_months
  GROUP BY e.customer_number
),
paid AS (
  SELECT
    customer_number, CASE WHEN counterparty_account <> 'none' THEN counterparty_account END AS counterparty_account, counterparty_name,
    counterparty_bank_name, usual_day, median_amount, total_amount, event_count, month_count, recent_month_count AS recent_months,
    months_ago, first_seen_on, last_seen_on
  FROM customer_party_fact
  WHERE rule_code = 'payroll'
),
payers AS (
  SELECT counterparty_account, CAST(count(DISTINCT customer_number) AS BIGINT) AS customer_count
  FROM paid
  WHERE counterparty_account IS NOT NULL
  GROUP BY counterparty_account
),
incomes AS (
  SELECT
    p.customer_number,
    CASE
      WHEN NOT (p.recent_months >= s.regular_months AND p.months_ago <= 1) THEN 'subsidy'
      WHEN coalesce(date_diff('day', c.born_on, $reporting_date) >= s.pension_age * 365.25, false) THEN 'pension'
      ELSE 'wage'
    END AS characteristic_code,
    p.counterparty_account, p.counterparty_name, p.counterparty_bank_name, p.usual_day, p.median_amount, p.total_amount,
    p.event_count, p.month_count, {_share("p.total_amount", "t.inflow_amount")} AS evidence_share, p.first_seen_on, p.last_seen_on,
    CASE
      WHEN p.recent_months >= s.regular_months AND p.months_ago <= 1 THEN c.born_on IS NOT NULL AND p.month_count >= 2 * s.regular_months
      ELSE p.month_count >= 2
    END AS is_sure
  FROM paid AS p
  CROSS JOIN settings AS s
  INNER JOIN totals AS t ON t.customer_number = p.customer_number
  LEFT JOIN customer AS c ON c.customer_number = p.customer_number
  LEFT JOIN payers AS y ON y.counterparty_account = p.counterparty_account
  WHERE (p.recent_months >= s.regular_months AND p.months_ago <= 1)
    OR (p.month_count <= s.regular_months AND y.customer_count >= s.subsidy_payer_customers)
),
subsidised AS (
  SELECT DISTINCT customer_number FROM incomes WHERE characteristic_code = 'subsidy'
),
shared AS (
  SELECT
    g.customer_number, g.rule_code AS characteristic_code, g.counterparty_name, g.counterparty_bank_name, g.usual_day,
    g.median_amount, g.total_amount, g.event_count, g.month_count,
    CASE
      WHEN g.rule_code IN ('cash', 'night') THEN {div_half_up("g.event_count", "t.own_count", 6, numerator_scale=0)}
      WHEN g.rule_code = 'migrant' THEN {_share("g.total_amount", "l.free_inflow_amount")}
      WHEN g.rule_code = 'farming_season' THEN {_share("g.total_amount", "t.free_inflow_amount")}
      WHEN g.rule_code = 'takings' THEN {_share("g.total_amount", "t.inflow_amount")}
    END AS evidence_share,
    g.first_seen_on, g.last_seen_on
  FROM customer_habit_fact AS g
  INNER JOIN totals AS t ON t.customer_number = g.customer_number
  LEFT JOIN long_totals AS l ON l.customer_number = g.customer_number
),
recognised AS (
  SELECT customer_number, characteristic_code, {_ROW}, is_sure
  FROM incomes
  UNION ALL
  SELECT
    e.customer_number, e.rule_code AS characteristic_code, e.counterparty_account, e.counterparty_name, e.counterparty_bank_name,
    e.usual_day, e.median_amount, e.total_amount, e.event_count, e.month_count, CAST(NULL AS DECIMAL(12,6)) AS evidence_share,
    e.first_seen_on, e.last_seen_on, e.event_count >= 2 * s.own_account_transfers AS is_sure
  FROM customer_party_fact AS e
  CROSS JOIN settings AS s
  WHERE e.rule_code = 'own_account_elsewhere' AND e.event_count >= s.own_account_transfers
  UNION ALL
  SELECT
    f.customer_number, f.rule_code AS characteristic_code, f.counterparty_account, f.counterparty_name, f.counterparty_bank_name,
    f.usual_day, f.median_amount, f.total_amount, f.event_count, f.month_count, CAST(NULL AS DECIMAL(12,6)) AS evidence_share,
    f.first_seen_on, f.last_seen_on, f.month_count >= 2 * s.rent_months AS is_sure
  FROM customer_party_fact AS f
  CROSS JOIN settings AS s
  WHERE f.rule_code = 'rent' AND f.month_count >= s.rent_months AND f.event_count = f.month_count AND f.months_ago <= 1
    AND f.most_months_ago - f.months_ago + 1 = f.month_count
    AND f.most_amount - f.least_amount <= CAST(CAST(f.median_amount AS DECIMAL(18,2)) * s.rent_spread_share AS DECIMAL(18,2))
  UNION ALL
  SELECT
    g.customer_number, g.characteristic_code, CAST(NULL AS VARCHAR) AS counterparty_account,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.counterparty_name END AS counterparty_name,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.counterparty_bank_name END AS counterparty_bank_name,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.usual_day END AS usual_day,
    g.median_amount, g.total_amount, g.event_count, g.month_count, g.evidence_share, g.first_seen_on, g.last_seen_on,
    CASE g.characteristic_code
      WHEN 'takings' THEN g.event_count >= 2 * s.takings_count
      WHEN 'school_fee' THEN g.month_count >= 2 * s.school_payments
      WHEN 'cash' THEN g.event_count >= 2 * s.habit_count
      WHEN 'night' THEN g.event_count >= 2 * s.habit_count
      WHEN 'migrant' THEN g.event_count >= 2 AND g.evidence_share >= s.migrant_inflow_share
      ELSE g.event_count >= 2 AND g.evidence_share >= s.harvest_inflow_share
    END AS is_sure
  FROM shared AS g
  CROSS JOIN settings AS s
  LEFT JOIN customer AS c ON c.customer_number = g.customer_number
  LEFT JOIN subsidised AS u ON u.customer_number = g.customer_number
  WHERE CASE g.characteristic_code
    WHEN 'takings'
      THEN g.event_count >= s.takings_count AND g.month_count >= s.takings_months AND coalesce(c.customer_kind, 'personal') = 'personal'
    WHEN 'school_fee' THEN g.month_count >= s.school_payments
    WHEN 'cash' THEN g.event_count >= s.habit_count AND g.evidence_share >= s.cash_share
    WHEN 'night' THEN g.event_count >= s.habit_count AND g.evidence_share >= s.night_share
    WHEN 'migrant'
      THEN contains(coalesce(c.occupation, ''), s.migrant_word)
    WHEN 'farming_season'
      THEN coalesce(c.is_farmer, false) AND u.customer_number IS NOT NULL
    ELSE false
  END
),
chosen AS (
  SELECT customer_number, characteristic_code, {_ROW}, is_sure
  FROM recognised
  QUALIFY row_number() OVER (
    PARTITION BY customer_number, characteristic_code ORDER BY total_amount DESC, last_seen_on DESC, counterparty_account
  ) = 1
)
SELECT
  $legal_entity_code AS legal_entity_code,
  r.customer_number,
  r.characteristic_code,
  $reporting_date AS business_date,
  coalesce(c.home_organisation_code, 'none') AS organisation_code,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  CASE WHEN r.is_sure THEN 'high' ELSE 'medium' END AS confidence_code,
  r.counterparty_account,
  r.counterparty_name,
  r.counterparty_bank_name,
  r.usual_day,
  r.median_amount,
  r.total_amount,
  r.event_count,
  r.month_count,
  r.evidence_share,
  r.first_seen_on,
  r.last_seen_on
FROM chosen AS r
LEFT JOIN customer AS c ON c.customer_number = r.customer_number
""",
)
