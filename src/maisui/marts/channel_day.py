"""What ran through which channel, who set it off and where the money went or came from, on each day; what was reversed does not count."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.channel_day import CHANNEL_DAY

COUNTERPARTY = """CASE
      WHEN t.is_cash THEN 'cash'
      WHEN o.customer_number = t.customer_number AND o.account_kind = 'deposit' AND o.account_number <> t.account_number THEN 'own_account'
      WHEN o.account_number IS NOT NULL THEN 'on_us'
      WHEN c.bank_code IS NOT NULL OR n.organisation_name IS NOT NULL
        THEN CASE WHEN t.is_counterparty_namesake THEN 'own_account' ELSE 'on_us' END
      WHEN t.counterparty_account IS NULL AND t.counterparty_bank_code IS NULL AND t.counterparty_bank_name IS NULL THEN 'none'
      WHEN t.is_counterparty_namesake THEN 'own_account_elsewhere'
      ELSE 'off_us'
    END"""
"""Where the money of a posting `t` went or came from; `a` is its account, the others are of COUNTERPARTY_JOINS."""

COUNTERPARTY_JOINS = """LEFT JOIN account_alias AS o ON o.alias_number = t.counterparty_account
  LEFT JOIN own_bank_codes AS c ON c.bank_code = t.counterparty_bank_code
  LEFT JOIN own_names AS n ON n.organisation_name = t.counterparty_bank_name"""
OWN_BANKS = """own_bank_codes AS (
  SELECT DISTINCT bank_code FROM organisation_snapshot WHERE bank_code IS NOT NULL
),
own_names AS (
  SELECT DISTINCT organisation_name FROM organisation_snapshot WHERE organisation_name IS NOT NULL
)"""
"""The tables that COUNTERPARTY_JOINS need before them."""

_CHANNELS = """{name} AS (
  SELECT text_value AS channel_code, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code LIKE '{name}_channel.%'
)"""
"""The channels that dated parameters name as of one kind, each with its days."""
ELECTRONIC = _CHANNELS.format(name="electronic")

_TRANSACTIONS = f"""
transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    coalesce(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.account_kind,
    coalesce(a.customer_kind, 'unknown') AS customer_kind,
    t.channel_code, t.transaction_type, t.currency, t.is_bank_initiated,
    coalesce(t.initiator_code, CASE WHEN t.is_bank_initiated THEN 'bank' ELSE 'customer' END) AS initiator_code,
    {COUNTERPARTY} AS counterparty_code,
    t.posted_on AS business_date, {in_local_currency("t.amount", "x")} AS amount,
    {in_local_currency("t.balance_change", "x")} AS balance_change, coalesce(r.counts_as, 1) AS counts_as,
    coalesce(r.is_event, false) AS is_reversal_event, y.transaction_number IS NOT NULL AS is_beyond_limit,
    {in_local_currency("t.amount", "x")} <= s.most_amount AS is_small
  FROM account_transaction AS t
  INNER JOIN bounds AS b ON t.posted_on >= b.first_day
  LEFT JOIN small_limit AS s ON t.posted_on >= s.valid_from AND t.posted_on < s.valid_until
  LEFT JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  {rate_of_day("t", "t.posted_on", "x")}
  {COUNTERPARTY_JOINS}
  LEFT JOIN beyond_limit AS y
    ON y.account_number = t.account_number AND y.currency = t.currency AND y.transaction_number = t.transaction_number
  WHERE t.posted_on <= $reporting_date
)"""

_COUNTED = """
counted AS (
  SELECT
    organisation_code, handling_organisation_code, account_kind, customer_kind, channel_code, transaction_type, currency,
    is_bank_initiated, initiator_code, counterparty_code, business_date,
    CAST(sum(counts_as) AS BIGINT) AS transaction_count,
    CAST(sum(CASE WHEN is_small THEN counts_as ELSE 0 END) AS BIGINT) AS small_transaction_count,
    CAST(sum(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38,2)) AS transaction_amount,
    count(*) FILTER (WHERE is_reversal_event) AS reversal_count,
    count(*) AS posting_count,
    count(*) FILTER (WHERE is_beyond_limit) AS quick_pay_beyond_limit_count,
    CAST(sum(CASE WHEN balance_change > 0 THEN balance_change ELSE 0 END) AS DECIMAL(38,2)) AS credit_amount,
    CAST(sum(CASE WHEN balance_change < 0 THEN -balance_change ELSE 0 END) AS DECIMAL(38,2)) AS debit_amount,
    CAST(sum(
      CASE WHEN (counts_as = 1 AND balance_change > 0) OR (counts_as = -1 AND balance_change < 0) THEN balance_change ELSE 0 END
    ) AS DECIMAL(38,2)) AS inflow_amount,
    CAST(sum(
      CASE WHEN (counts_as = 1 AND balance_change < 0) OR (counts_as = -1 AND balance_change > 0) THEN -balance_change ELSE 0 END
    ) AS DECIMAL(38,2)) AS outflow_amount
  FROM transactions
  GROUP BY
    organisation_code, handling_organisation_code, account_kind, customer_kind, channel_code, transaction_type, currency,
    is_bank_initiated, initiator_code, counterparty_code, business_date
)"""

CHANNEL_DAY_MART = Step(
    name="fill_channel_day",
    writes=CHANNEL_DAY,
    reads=(
        "account_transaction",
        "account",
        "account_alias",
        "organisation_snapshot",
        "reversal",
        "parameter",
        "calendar_day",
        "local_rate",
    ),
    query=f"""
WITH {ELECTRONIC},
{_CHANNELS.format(name="own_electronic")},
quick_pay_limit AS (
  SELECT number_value AS daily_limit, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code = 'quick_pay_daily_limit'
),
small_limit AS (
  SELECT CAST(number_value AS DECIMAL(18,2)) AS most_amount, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code = 'small_transaction_limit'
),
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
{OWN_BANKS},
quick_pays AS (
  SELECT
    account_number, currency, transaction_number, posted_on,
    row_number() OVER (
      PARTITION BY account_number, currency, posted_on ORDER BY posted_time NULLS FIRST, transaction_number
    ) AS place
  FROM account_transaction
  WHERE channel_code = 'third_party' AND account_kind = 'deposit' AND NOT is_bank_initiated AND NOT is_reversal
),
beyond_limit AS (
  SELECT q.account_number, q.currency, q.transaction_number
  FROM quick_pays AS q
  INNER JOIN quick_pay_limit AS l ON q.posted_on >= l.valid_from AND q.posted_on < l.valid_until AND q.place > l.daily_limit
),{_TRANSACTIONS},{_COUNTED}
SELECT
  $legal_entity_code AS legal_entity_code,
  c.organisation_code,
  c.handling_organisation_code,
  c.account_kind,
  c.customer_kind,
  c.channel_code,
  c.transaction_type,
  c.currency,
  c.is_bank_initiated,
  c.initiator_code,
  c.counterparty_code,
  c.business_date,
  e.channel_code IS NOT NULL AS is_electronic,
  w.channel_code IS NOT NULL AS is_own_electronic,
  c.transaction_count,
  c.small_transaction_count,
  c.transaction_amount,
  c.reversal_count,
  c.posting_count,
  c.quick_pay_beyond_limit_count,
  c.credit_amount,
  c.debit_amount,
  c.inflow_amount,
  c.outflow_amount
FROM counted AS c
LEFT JOIN electronic AS e
  ON e.channel_code = c.channel_code AND c.business_date >= e.valid_from AND c.business_date < e.valid_until
LEFT JOIN own_electronic AS w
  ON w.channel_code = c.channel_code AND c.business_date >= w.valid_from AND c.business_date < w.valid_until
""",
)
