-- Accounts that the account list does not name stand on the subject `unknown`, in the currency XXX where nobody tells another.
WITH movements AS (
  SELECT OPER_DATE AS moved_on, DEBET_ACCOUNT_RK AS account, DEBET_AMOUNT AS debit, CAST(0 AS DECIMAL(18,2)) AS credit, 2 AS origin,
    source_file_id, source_line
  FROM neoflex_gl_posting
  UNION ALL
  SELECT OPER_DATE AS moved_on, CREDIT_ACCOUNT_RK AS account, CAST(0 AS DECIMAL(18,2)) AS debit, CREDIT_AMOUNT AS credit, 2 AS origin,
    source_file_id, source_line
  FROM neoflex_gl_posting
  UNION ALL
  SELECT b.ON_DATE AS moved_on, b.ACCOUNT_RK AS account,
    CASE WHEN a.CHAR_TYPE = 'П' THEN CAST(0 AS DECIMAL(18,2)) ELSE b.BALANCE_OUT END AS debit,
    CASE WHEN a.CHAR_TYPE = 'П' THEN b.BALANCE_OUT ELSE CAST(0 AS DECIMAL(18,2)) END AS credit, 1 AS origin,
    b.source_file_id, b.source_line
  FROM neoflex_gl_balance AS b
  LEFT JOIN neoflex_gl_account AS a ON a.ACCOUNT_RK = b.ACCOUNT_RK
),
accounts AS (
  SELECT account, source_file_id, source_line
  FROM movements
  QUALIFY row_number() OVER (PARTITION BY account ORDER BY origin, source_line, source_file_id, debit DESC) = 1
),
placed AS (
  SELECT
    m.account,
    coalesce(left(a.ACCOUNT_NUMBER, 5), 'unknown') AS subject_code,
    coalesce(c.CODE_ISO_CHAR, a.CURRENCY_CODE, 'XXX') AS currency,
    m.source_file_id,
    m.source_line
  FROM accounts AS m
  LEFT JOIN neoflex_gl_account AS a ON a.ACCOUNT_RK = m.account
  LEFT JOIN neoflex_gl_balance AS b ON b.ACCOUNT_RK = m.account
  LEFT JOIN neoflex_gl_currency AS c ON c.CURRENCY_RK = coalesce(a.CURRENCY_RK, b.CURRENCY_RK)
),
bounds AS (
  SELECT min(moved_on) AS first_day, last_day(max(moved_on)) AS end_day
  FROM movements
),
days AS (
  SELECT CAST(unnest(generate_series(first_day, end_day, INTERVAL 1 DAY)) AS DATE) AS business_date, first_day
  FROM bounds
),
moved AS (
  SELECT account, moved_on, CAST(sum(debit) AS DECIMAL(38,2)) AS debit, CAST(sum(credit) AS DECIMAL(38,2)) AS credit
  FROM movements
  GROUP BY account, moved_on
),
turned AS (
  SELECT
    p.account, p.subject_code, p.currency, p.source_file_id, p.source_line, d.business_date, d.business_date = d.first_day AS is_start,
    coalesce(m.debit, CAST(0 AS DECIMAL(38,2))) AS debit,
    coalesce(m.credit, CAST(0 AS DECIMAL(38,2))) AS credit
  FROM placed AS p
  CROSS JOIN days AS d
  LEFT JOIN moved AS m ON m.account = p.account AND m.moved_on = d.business_date
),
rolled AS (
  SELECT
    account, subject_code, currency, source_file_id, source_line, business_date, is_start, debit, credit,
    CAST(sum(debit - credit) OVER (PARTITION BY account ORDER BY business_date) AS DECIMAL(38,2)) AS closing
  FROM turned
),
sided AS (
  SELECT
    account, subject_code, currency, source_file_id, source_line, business_date,
    CASE WHEN is_start THEN CAST(0 AS DECIMAL(38,2)) ELSE closing - debit + credit END AS opening,
    CASE WHEN is_start THEN CAST(0 AS DECIMAL(38,2)) ELSE debit END AS debit,
    CASE WHEN is_start THEN CAST(0 AS DECIMAL(38,2)) ELSE credit END AS credit,
    closing,
    row_number() OVER (PARTITION BY subject_code, currency, business_date ORDER BY source_file_id, source_line, account) AS place
  FROM rolled
)
SELECT
  business_date AS reported_on,
  'RU01' AS organisation_code,
  subject_code,
  currency,
  'day' AS period_kind,
  CAST(sum(greatest(opening, CAST(0 AS DECIMAL(38,2)))) AS DECIMAL(38,2)) AS opening_debit_balance,
  CAST(sum(greatest(-opening, CAST(0 AS DECIMAL(38,2)))) AS DECIMAL(38,2)) AS opening_credit_balance,
  CAST(sum(debit) AS DECIMAL(38,2)) AS debit_amount,
  CAST(sum(credit) AS DECIMAL(38,2)) AS credit_amount,
  CAST(sum(greatest(closing, CAST(0 AS DECIMAL(38,2)))) AS DECIMAL(38,2)) AS closing_debit_balance,
  CAST(sum(greatest(-closing, CAST(0 AS DECIMAL(38,2)))) AS DECIMAL(38,2)) AS closing_credit_balance,
  max(CASE WHEN place = 1 THEN source_file_id END) AS source_file_id,
  max(CASE WHEN place = 1 THEN source_line END) AS source_line
FROM sided
GROUP BY business_date, subject_code, currency
