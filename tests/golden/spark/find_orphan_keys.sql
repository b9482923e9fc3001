WITH customers AS (
  SELECT DISTINCT
    customer_number
  FROM customer_snapshot
), accounts AS (
  SELECT DISTINCT
    account_number
  FROM account_snapshot
), employees AS (
  SELECT DISTINCT
    employee_number
  FROM employee_snapshot
), organisations AS (
  SELECT DISTINCT
    organisation_code
  FROM organisation_snapshot
), merchants AS (
  SELECT DISTINCT
    merchant_number
  FROM merchant
), delivered AS (
  SELECT
    (
      SELECT
        COUNT(*)
      FROM merchants
    ) > 0 AS has_merchants,
    (
      SELECT
        COUNT(*)
      FROM customers
    ) > 0 AS has_customers,
    (
      SELECT
        COUNT(*)
      FROM accounts
    ) > 0 AS has_accounts,
    (
      SELECT
        COUNT(*)
      FROM employees
    ) > 0 AS has_employees,
    (
      SELECT
        COUNT(*)
      FROM organisations
    ) > 0 AS has_organisations
), mentions AS (
  SELECT
    organisation_code,
    reported_on AS seen_on
  FROM account_snapshot
  UNION ALL
  SELECT
    organisation_code,
    reported_on AS seen_on
  FROM ledger_snapshot
  UNION ALL
  SELECT
    organisation_code,
    reported_on AS seen_on
  FROM loan_snapshot
), places AS (
  SELECT
    organisation_code,
    MIN(seen_on) AS first_seen_on,
    MAX(seen_on) AS last_seen_on,
    COUNT(*) AS row_count
  FROM mentions
  GROUP BY
    organisation_code
), found AS (
  SELECT
    'account_customer' AS check_code,
    f.organisation_code,
    f.customer_number AS key_text,
    f.reported_on AS seen_on
  FROM account_snapshot AS f
  INNER JOIN delivered AS d
    ON d.has_customers
  LEFT JOIN customers AS k
    ON k.customer_number = f.customer_number
  WHERE
    k.customer_number IS NULL
  UNION ALL
  SELECT
    'loan_account' AS check_code,
    f.organisation_code,
    f.account_number AS key_text,
    f.reported_on AS seen_on
  FROM loan_snapshot AS f
  INNER JOIN delivered AS d
    ON d.has_accounts
  LEFT JOIN accounts AS k
    ON k.account_number = f.account_number
  WHERE
    k.account_number IS NULL AND NOT f.account_number IS NULL
  UNION ALL
  SELECT
    'transaction_account' AS check_code,
    f.holding_organisation_code AS organisation_code,
    f.account_number AS key_text,
    f.posted_on AS seen_on
  FROM account_transaction AS f
  INNER JOIN delivered AS d
    ON d.has_accounts
  LEFT JOIN accounts AS k
    ON k.account_number = f.account_number
  WHERE
    k.account_number IS NULL
  UNION ALL
  SELECT
    'teller_employee' AS check_code,
    f.organisation_code,
    f.employee_number AS key_text,
    f.reported_on AS seen_on
  FROM teller_snapshot AS f
  INNER JOIN delivered AS d
    ON d.has_employees
  LEFT JOIN employees AS k
    ON k.employee_number = f.employee_number
  WHERE
    k.employee_number IS NULL
    AND NOT f.employee_number IS NULL
    AND COALESCE(f.is_physical, TRUE)
  UNION ALL
  SELECT
    'officer_employee' AS check_code,
    f.organisation_code,
    f.officer_number AS key_text,
    f.reported_on AS seen_on
  FROM loan_snapshot AS f
  INNER JOIN delivered AS d
    ON d.has_employees
  LEFT JOIN employees AS k
    ON k.employee_number = f.officer_number
  WHERE
    k.employee_number IS NULL AND NOT f.officer_number IS NULL
  UNION ALL
  SELECT
    'terminal_merchant' AS check_code,
    f.organisation_code,
    f.merchant_number AS key_text,
    f.reported_on AS seen_on
  FROM terminal_snapshot AS f
  INNER JOIN delivered AS d
    ON d.has_merchants
  LEFT JOIN merchants AS k
    ON k.merchant_number = f.merchant_number
  WHERE
    k.merchant_number IS NULL AND NOT f.merchant_number IS NULL
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.check_code AS STRING) AS check_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.key_count AS BIGINT) AS key_count,
  CAST(q.row_count AS BIGINT) AS row_count,
  CAST(q.first_seen_on AS DATE) AS first_seen_on,
  CAST(q.last_seen_on AS DATE) AS last_seen_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    check_code,
    COALESCE(organisation_code, 'none') AS organisation_code,
    COUNT(DISTINCT key_text) AS key_count,
    COUNT(*) AS row_count,
    MIN(seen_on) AS first_seen_on,
    MAX(seen_on) AS last_seen_on
  FROM found
  GROUP BY
    check_code,
    COALESCE(organisation_code, 'none')
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'organisation' AS check_code,
    COALESCE(p.organisation_code, 'none') AS organisation_code,
    CAST(1 AS BIGINT) AS key_count,
    p.row_count,
    p.first_seen_on,
    p.last_seen_on
  FROM places AS p
  INNER JOIN delivered AS d
    ON d.has_organisations
  LEFT JOIN organisations AS k
    ON k.organisation_code = p.organisation_code
  WHERE
    k.organisation_code IS NULL
) AS q
