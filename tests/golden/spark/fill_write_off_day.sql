WITH reports AS (
  SELECT
    loan_number,
    COALESCE(currency, 'CNY') AS currency,
    COALESCE(written_off_on, reported_on) AS written_off_on,
    reported_on,
    MAX(COALESCE(organisation_code, 'none')) AS organisation_code,
    MAX(COALESCE(recovered_on, reported_on)) AS recovered_on,
    CAST(SUM(COALESCE(written_off_principal_amount, 0)) AS DECIMAL(38, 2)) AS principal,
    CAST(SUM(COALESCE(written_off_interest_amount, 0)) AS DECIMAL(38, 2)) AS interest,
    CAST(SUM(COALESCE(recovered_principal_amount, 0)) AS DECIMAL(38, 2)) AS recovered_principal,
    CAST(SUM(COALESCE(recovered_interest_amount, 0)) AS DECIMAL(38, 2)) AS recovered_interest
  FROM write_off_snapshot
  GROUP BY
    loan_number,
    COALESCE(currency, 'CNY'),
    COALESCE(written_off_on, reported_on),
    reported_on
), followed AS (
  SELECT
    loan_number,
    currency,
    written_off_on,
    organisation_code,
    recovered_on,
    principal,
    interest,
    recovered_principal - LAG(recovered_principal, 1, CAST(0 AS DECIMAL(38, 2))) OVER (
      PARTITION BY loan_number, currency, written_off_on
      ORDER BY reported_on NULLS LAST
    ) AS principal_since,
    recovered_interest - LAG(recovered_interest, 1, CAST(0 AS DECIMAL(38, 2))) OVER (
      PARTITION BY loan_number, currency, written_off_on
      ORDER BY reported_on NULLS LAST
    ) AS interest_since,
    ROW_NUMBER() OVER (PARTITION BY loan_number, currency, written_off_on ORDER BY reported_on DESC) AS age
  FROM reports
), feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM write_off_snapshot
    )
), register_days AS (
  SELECT DISTINCT
    d.business_date
  FROM delivery AS d
  INNER JOIN feeds AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code
), places AS (
  SELECT DISTINCT
    organisation_code,
    currency
  FROM reports
), flows AS (
  SELECT
    organisation_code,
    currency,
    written_off_on AS business_date,
    principal,
    interest,
    CAST(0 AS DECIMAL(38, 2)) AS principal_since,
    CAST(0 AS DECIMAL(38, 2)) AS interest_since
  FROM followed
  WHERE
    age = 1
  UNION ALL
  SELECT
    organisation_code,
    currency,
    recovered_on AS business_date,
    CAST(0 AS DECIMAL(38, 2)) AS principal,
    CAST(0 AS DECIMAL(38, 2)) AS interest,
    principal_since,
    interest_since
  FROM followed
  WHERE
    principal_since <> 0 OR interest_since <> 0
  UNION ALL
  SELECT
    p.organisation_code,
    p.currency,
    d.business_date,
    CAST(0 AS DECIMAL(38, 2)) AS principal,
    CAST(0 AS DECIMAL(38, 2)) AS interest,
    CAST(0 AS DECIMAL(38, 2)) AS principal_since,
    CAST(0 AS DECIMAL(38, 2)) AS interest_since
  FROM places AS p
  CROSS JOIN register_days AS d
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.written_off_principal_amount AS DECIMAL(38, 2)) AS written_off_principal_amount,
  CAST(q.written_off_interest_amount AS DECIMAL(38, 2)) AS written_off_interest_amount,
  CAST(q.recovered_principal_amount AS DECIMAL(38, 2)) AS recovered_principal_amount,
  CAST(q.recovered_interest_amount AS DECIMAL(38, 2)) AS recovered_interest_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    f.organisation_code,
    f.currency,
    f.business_date,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN f.principal
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(f.principal AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(f.principal AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS written_off_principal_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN f.interest
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(f.interest AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(f.interest AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS written_off_interest_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN f.principal_since
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(f.principal_since AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(f.principal_since AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS recovered_principal_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN f.interest_since
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(f.interest_since AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(f.interest_since AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
          ) + ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          )
        ) DIV NULLIF(
          2 * ABS(
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            )
          ),
          0
        ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS recovered_interest_amount
  FROM flows AS f
  LEFT JOIN local_rate AS x
    ON x.currency = f.currency
    AND f.business_date >= x.valid_from
    AND (
      x.valid_until IS NULL OR f.business_date < x.valid_until
    )
  WHERE
    f.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    f.organisation_code,
    f.currency,
    f.business_date
) AS q
