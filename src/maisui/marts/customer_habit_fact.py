"""What movements of a customer of one kind come to, whoever the counterparty, added up apart from judging them."""

from maisui.steps.characteristic_settings_sql import SETTINGS_QUERY
from maisui.steps.step import Step
from maisui.tables.customer_habit_fact import CUSTOMER_HABIT_FACT

_HARVEST = "month(e.posted_on) IN (6, 10, 11)"
FREE_INFLOW = "e.is_incoming AND e.transaction_type IN ('transfer', 'cash_deposit')"
_TAKINGS = "e.transaction_type = 'transfer' AND e.is_incoming AND e.channel_code IN ('third_party', 'pos')"
_TO_A_SCHOOL = "NOT e.is_incoming AND e.counterparty_name IN (SELECT n.counterparty_name FROM schools AS n)"
_BEFORE_FESTIVAL = """customer_event AS e
  CROSS JOIN settings AS s
  INNER JOIN festival AS f ON f.festival_on >= e.posted_on AND date_diff('day', e.posted_on, f.festival_on) <= 24"""

_NAMED = """max(e.counterparty_name) AS counterparty_name, max(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY day(e.posted_on)) AS BIGINT) AS usual_day"""
_NAMELESS = """CAST(NULL AS VARCHAR) AS counterparty_name, CAST(NULL AS VARCHAR) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day"""


def _facts(rule: str, condition: str, source: str = "customer_event AS e", named: str = _NAMELESS) -> str:
    """Return the facts of the movements that meet a condition; names and usual day only where they are evidence, since they take memory."""
    return f"""
  SELECT
    e.customer_number, '{rule}' AS rule_code, {named},
    CAST(count(*) AS BIGINT) AS event_count, CAST(count(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(sum(e.amount) AS DECIMAL(38,2)) AS total_amount, percentile_disc(0.5) WITHIN GROUP (ORDER BY e.amount) AS median_amount,
    min(e.posted_on) AS first_seen_on, max(e.posted_on) AS last_seen_on
  FROM {source}
  WHERE {condition}
  GROUP BY e.customer_number"""


CUSTOMER_HABIT_FACT_MART = Step(
    name="fill_customer_habit_fact",
    writes=CUSTOMER_HABIT_FACT,
    reads=("customer_event", "parameter"),
    query=f"""
WITH settings AS ({SETTINGS_QUERY}),
school_words AS (
  SELECT text_value AS school_word
  FROM parameter
  WHERE parameter_code LIKE 'school_name_word.%'
    AND valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
festival AS (
  SELECT DISTINCT d.festival_on
  FROM (
    SELECT
      CASE
        WHEN parameter_code = 'spring_festival'
          THEN make_date(year(valid_from), CAST(number_value AS BIGINT) // 100, CAST(number_value AS BIGINT) % 100)
      END AS festival_on
    FROM parameter
  ) AS d
  WHERE d.festival_on <= $reporting_date
),
schools AS (
  SELECT DISTINCT e.counterparty_name
  FROM customer_event AS e
  INNER JOIN school_words AS w ON contains(e.counterparty_name, w.school_word)
  WHERE e.is_recent
),
facts AS ({_facts("takings", f"e.is_recent AND {_TAKINGS}")}
  UNION ALL{_facts("school_fee", f"e.is_recent AND {_TO_A_SCHOOL}", named=_NAMED)}
  UNION ALL{_facts("cash", "e.is_recent AND e.is_own AND e.is_cash")}
  UNION ALL{_facts("night", "e.is_recent AND e.is_own AND e.is_night")}
  UNION ALL{_facts("migrant", f"{FREE_INFLOW} AND e.months_ago < s.migrant_months", _BEFORE_FESTIVAL)}
  UNION ALL{_facts("farming_season", f"e.is_recent AND {FREE_INFLOW} AND {_HARVEST}")}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number, rule_code, counterparty_name, counterparty_bank_name, event_count, month_count, total_amount, median_amount,
  usual_day, first_seen_on, last_seen_on
FROM facts
""",
)
