"""What movements of a customer with each counterparty come to, added up apart from judging them.

One statement with all sums of characteristics overruns the memory of the engine; with the habits apart it does not.
"""

from maisui.steps.characteristic_settings_sql import SETTINGS_QUERY
from maisui.steps.step import Step
from maisui.tables.customer_party_fact import CUSTOMER_PARTY_FACT

_FIXED = "e.transaction_type = 'transfer' AND NOT e.is_incoming AND e.is_own AND NOT e.is_namesake AND e.counterparty_account IS NOT NULL"
_REGULAR = """customer_event AS e
  INNER JOIN regular AS g ON g.customer_number = e.customer_number AND g.counterparty_account = e.counterparty_account"""
_ELSEWHERE = """customer_event AS e
  CROSS JOIN settings AS s
  LEFT JOIN account_alias AS a ON a.alias_number = e.counterparty_account
  LEFT JOIN own_bank_codes AS c ON c.bank_code = e.counterparty_bank_code
  LEFT JOIN own_names AS n ON n.organisation_name = e.counterparty_bank_name"""
_NOT_OURS = """e.transaction_type = 'transfer' AND NOT e.is_incoming AND e.is_namesake AND e.counterparty_account IS NOT NULL
    AND a.alias_number IS NULL AND c.bank_code IS NULL AND n.organisation_name IS NULL AND e.months_ago < s.own_account_months"""


def _facts(rule: str, condition: str, source: str = "customer_event AS e") -> str:
    """Return the facts of the movements that meet a condition, by customer and counterparty."""
    return f"""
  SELECT
    e.customer_number, '{rule}' AS rule_code, coalesce(e.counterparty_account, 'none') AS counterparty_account,
    max(e.counterparty_name) AS counterparty_name, max(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(count(*) AS BIGINT) AS event_count, CAST(count(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(count(DISTINCT CASE WHEN e.months_ago < 6 THEN e.months_ago END) AS BIGINT) AS recent_month_count,
    CAST(sum(e.amount) AS DECIMAL(38,2)) AS total_amount, percentile_disc(0.5) WITHIN GROUP (ORDER BY e.amount) AS median_amount,
    min(e.amount) AS least_amount, max(e.amount) AS most_amount,
    CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY day(e.posted_on)) AS BIGINT) AS usual_day,
    min(e.months_ago) AS months_ago, max(e.months_ago) AS most_months_ago,
    min(e.posted_on) AS first_seen_on, max(e.posted_on) AS last_seen_on
  FROM {source}
  WHERE {condition}
  GROUP BY e.customer_number, coalesce(e.counterparty_account, 'none')"""


CUSTOMER_PARTY_FACT_MART = Step(
    name="fill_customer_party_fact",
    writes=CUSTOMER_PARTY_FACT,
    reads=("customer_event", "account_alias", "organisation_snapshot", "parameter"),
    query=f"""
WITH settings AS ({SETTINGS_QUERY}),
own_bank_codes AS (
  SELECT DISTINCT bank_code FROM organisation_snapshot WHERE bank_code IS NOT NULL
),
own_names AS (
  SELECT DISTINCT organisation_name FROM organisation_snapshot WHERE organisation_name IS NOT NULL
),
regular AS (
  SELECT e.customer_number, e.counterparty_account
  FROM customer_event AS e
  CROSS JOIN settings AS s
  WHERE e.is_recent AND {_FIXED}
  GROUP BY e.customer_number, e.counterparty_account
  HAVING count(*) >= max(s.rent_months)
),
facts AS ({_facts("payroll", "e.is_recent AND e.transaction_type = 'payroll' AND e.is_incoming")}
  UNION ALL{_facts("own_account_elsewhere", _NOT_OURS, _ELSEWHERE)}
  UNION ALL{_facts("rent", f"e.is_recent AND {_FIXED}", _REGULAR)}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number, rule_code, counterparty_account, counterparty_name, counterparty_bank_name, event_count, month_count,
  recent_month_count, total_amount, median_amount, least_amount, most_amount, usual_day, months_ago, most_months_ago, first_seen_on,
  last_seen_on
FROM facts
""",
)
