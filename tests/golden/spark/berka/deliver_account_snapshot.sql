SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.cash_form AS STRING) AS cash_form,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.account_status AS STRING) AS account_status,
  CAST(q.last_active_on AS DATE) AS last_active_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.account_number,
    m.currency,
    m.cash_form,
    m.account_kind,
    m.customer_number,
    m.organisation_code,
    m.product_code,
    m.product_group,
    CAST(NULL AS STRING) AS subject_code,
    CAST(NULL AS DECIMAL(12, 6)) AS interest_rate,
    CAST(NULL AS DECIMAL(18, 2)) AS balance,
    m.opened_on,
    CAST(NULL AS DATE) AS closed_on,
    CAST(NULL AS STRING) AS account_status,
    CAST(NULL AS DATE) AS last_active_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      a.delivered_on AS reported_on,
      a.account_id AS account_number,
      'CZK' AS currency,
      'none' AS cash_form,
      'deposit' AS account_kind,
      COALESCE(o.client_id, 'none') AS customer_number,
      a.district_id AS organisation_code,
      'current_account' AS product_code,
      'demand_deposit' AS product_group,
      a.date AS opened_on,
      a.source_file_id,
      a.source_line
    FROM berka_account AS a
    LEFT JOIN (
      SELECT
        account_id,
        client_id
      FROM berka_disp
      WHERE
        type = 'OWNER'
    ) AS o
      ON o.account_id = a.account_id
  ) AS m
) AS q
