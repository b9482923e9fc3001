WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), kinds AS (
  SELECT DISTINCT
    account_kind,
    product_group
  FROM account
  UNION
  SELECT
    'none' AS account_kind,
    'none' AS product_group
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.day_basis_count AS BIGINT) AS day_basis_count,
  CAST(q.transfer_tenor_day_count AS BIGINT) AS transfer_tenor_day_count,
  CAST(q.vat_rate AS DECIMAL(12, 6)) AS vat_rate,
  CAST(q.surcharge_rate AS DECIMAL(12, 6)) AS surcharge_rate,
  CAST(q.income_tax_rate AS DECIMAL(12, 6)) AS income_tax_rate,
  CAST(q.risk_weight AS DECIMAL(12, 6)) AS risk_weight,
  CAST(q.capital_ratio AS DECIMAL(12, 6)) AS capital_ratio,
  CAST(q.capital_cost_rate AS DECIMAL(12, 6)) AS capital_cost_rate,
  CAST(q.loss_given_default AS DECIMAL(12, 6)) AS loss_given_default,
  CAST(q.demand_deposit_rate AS DECIMAL(12, 6)) AS demand_deposit_rate
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.business_date,
    m.month_start,
    k.account_kind,
    k.product_group,
    CAST(MAX(
      CASE
        WHEN p.parameter_code = 'transfer_tenor_days.' || k.product_group
        THEN p.number_value
      END
    ) AS BIGINT) AS transfer_tenor_day_count,
    CAST(COALESCE(
      MAX(
        CASE
          WHEN p.parameter_code = 'interest_day_basis.' || k.product_group
          THEN p.number_value
        END
      ),
      MAX(
        CASE
          WHEN p.parameter_code = 'interest_day_basis.' || k.account_kind
          THEN p.number_value
        END
      ),
      CAST(0 AS DECIMAL(12, 6))
    ) AS BIGINT) AS day_basis_count,
    CAST(COALESCE(
      MAX(
        CASE WHEN p.parameter_code = 'vat_rate.' || k.product_group THEN p.number_value END
      ),
      MAX(
        CASE WHEN p.parameter_code = 'vat_rate.' || k.account_kind THEN p.number_value END
      ),
      CAST(0 AS DECIMAL(12, 6))
    ) AS DECIMAL(12, 6)) AS vat_rate,
    CAST(COALESCE(
      MAX(
        CASE
          WHEN p.parameter_code = 'risk_weight.' || k.product_group
          THEN p.number_value
        END
      ),
      MAX(
        CASE
          WHEN p.parameter_code = 'risk_weight.' || k.account_kind
          THEN p.number_value
        END
      ),
      CAST(0 AS DECIMAL(12, 6))
    ) AS DECIMAL(12, 6)) AS risk_weight,
    CAST(COALESCE(
      MAX(
        CASE
          WHEN p.parameter_code = 'loss_given_default.' || k.product_group
          THEN p.number_value
        END
      ),
      MAX(
        CASE
          WHEN p.parameter_code = 'loss_given_default.' || k.account_kind
          THEN p.number_value
        END
      ),
      CAST(0 AS DECIMAL(12, 6))
    ) AS DECIMAL(12, 6)) AS loss_given_default,
    COALESCE(
      MAX(CASE WHEN p.parameter_code = 'surcharge_rate' THEN p.number_value END),
      CAST(0 AS DECIMAL(12, 6))
    ) AS surcharge_rate,
    COALESCE(
      MAX(CASE WHEN p.parameter_code = 'income_tax_rate' THEN p.number_value END),
      CAST(0 AS DECIMAL(12, 6))
    ) AS income_tax_rate,
    COALESCE(
      MAX(CASE WHEN p.parameter_code = 'capital_ratio' THEN p.number_value END),
      CAST(0 AS DECIMAL(12, 6))
    ) AS capital_ratio,
    COALESCE(
      MAX(CASE WHEN p.parameter_code = 'capital_cost_rate' THEN p.number_value END),
      CAST(0 AS DECIMAL(12, 6))
    ) AS capital_cost_rate,
    COALESCE(
      MAX(CASE WHEN p.parameter_code = 'demand_deposit_rate' THEN p.number_value END),
      CAST(0 AS DECIMAL(12, 6))
    ) AS demand_deposit_rate
  FROM months AS m
  CROSS JOIN kinds AS k
  INNER JOIN parameter AS p
    ON p.valid_from <= m.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > m.business_date
    )
  GROUP BY
    m.business_date,
    m.month_start,
    k.account_kind,
    k.product_group
) AS q
