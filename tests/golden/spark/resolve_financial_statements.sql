SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.statement_number AS STRING) AS statement_number,
  CAST(q.statement_on AS DATE) AS statement_on,
  CAST(q.is_audited AS BOOLEAN) AS is_audited,
  CAST(q.scope_type AS STRING) AS scope_type,
  CAST(q.period_type AS STRING) AS period_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.assets_amount AS DECIMAL(18, 2)) AS assets_amount,
  CAST(q.liabilities_amount AS DECIMAL(18, 2)) AS liabilities_amount,
  CAST(q.net_profit_amount AS DECIMAL(18, 2)) AS net_profit_amount,
  CAST(q.revenue_amount AS DECIMAL(18, 2)) AS revenue_amount,
  CAST(q.net_cash_flow_amount AS DECIMAL(18, 2)) AS net_cash_flow_amount,
  CAST(q.receivables_amount AS DECIMAL(18, 2)) AS receivables_amount,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    legal_entity_code,
    customer_number,
    statement_number,
    statement_on,
    is_audited,
    scope_type,
    period_type,
    currency,
    assets_amount,
    liabilities_amount,
    net_profit_amount,
    revenue_amount,
    net_cash_flow_amount,
    receivables_amount,
    last_reported_on
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      customer_number,
      statement_number,
      statement_on,
      is_audited,
      scope_type,
      period_type,
      currency,
      assets_amount,
      liabilities_amount,
      net_profit_amount,
      revenue_amount,
      net_cash_flow_amount,
      receivables_amount,
      reported_on AS last_reported_on,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number, statement_number
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM financial_statement_snapshot
  ) AS _t
  WHERE
    _w = 1
) AS q
