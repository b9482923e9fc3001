WITH identities AS (
  SELECT DISTINCT
    customer_number
  FROM customer_identity_snapshot
  WHERE
    NOT certificate_number IS NULL
), genuine AS (
  SELECT
    s.customer_number,
    s.certificate_type
  FROM customer_snapshot AS s
  INNER JOIN identity_file AS f
    ON f.source_file_id = s.source_file_id
  WHERE
    f.is_genuine AND NOT s.certificate_number IS NULL
  UNION ALL
  SELECT
    i.customer_number,
    i.certificate_type
  FROM customer_identity_snapshot AS i
  INNER JOIN identity_file AS f
    ON f.source_file_id = i.source_file_id
  WHERE
    f.is_genuine
), judged AS (
  SELECT DISTINCT
    customer_number
  FROM genuine
  WHERE
    certificate_type IN (
      '居民身份证',
      '身份证',
      '二代身份证',
      '第二代居民身份证',
      '临时身份证',
      '临时居民身份证',
      '统一社会信用代码',
      '统一社会信用代码证',
      '统一社会信用代码证书'
    )
), holding AS (
  SELECT DISTINCT
    customer_number
  FROM customer_certificate
  WHERE
    certificate_group IN ('resident', 'credit_code')
), described AS (
  SELECT
    c.home_organisation_code AS organisation_code,
    c.customer_kind,
    c.customer_name,
    c.customer_type,
    c.born_on,
    c.sex,
    c.is_farmer,
    c.phone_number,
    c.address,
    c.education,
    c.occupation,
    c.employer_name,
    c.annual_income_amount,
    c.is_married,
    c.is_blacklisted,
    c.blacklisted_on,
    c.size_class,
    c.credit_rating,
    c.registered_capital_amount,
    c.staff_count,
    c.industry_code,
    c.region_code,
    s.organisation_code AS reported_home_code,
    NOT c.certificate_number IS NULL OR NOT i.customer_number IS NULL AS has_certificate,
    NOT j.customer_number IS NULL AS has_judged_certificate,
    NOT h.customer_number IS NULL AS has_right_certificate,
    NOT o.organisation_code IS NULL AS is_known_home
  FROM customer AS c
  INNER JOIN customer_snapshot AS s
    ON s.customer_number = c.customer_number AND s.reported_on = c.last_reported_on
  LEFT JOIN identities AS i
    ON i.customer_number = c.customer_number
  LEFT JOIN judged AS j
    ON j.customer_number = c.customer_number
  LEFT JOIN holding AS h
    ON h.customer_number = c.customer_number
  LEFT JOIN organisation AS o
    ON o.organisation_code = s.organisation_code
), counted AS (
  SELECT
    organisation_code,
    customer_kind,
    'name' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT customer_name IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT customer_name IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT customer_name IS NULL
        ) AND (
          FALSE
        ) AND (
          FALSE
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'certificate' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN has_certificate THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      has_certificate
    ) AND (
      has_judged_certificate
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          has_certificate
        )
        AND (
          has_judged_certificate
        )
        AND (
          has_right_certificate
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'phone' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT phone_number IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT phone_number IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT phone_number IS NULL
        )
        AND (
          TRUE
        )
        AND (
          phone_number RLIKE '^(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|[2-9][0-9]{6,7})\\z'
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'born_on' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT born_on IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT born_on IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT born_on IS NULL
        )
        AND (
          TRUE
        )
        AND (
          born_on >= CAST('1900-01-01' AS DATE) AND born_on <= CAST('2026-10-31' AS DATE)
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'sex' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT sex IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT sex IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(CASE WHEN (
      NOT sex IS NULL
    ) AND (
      FALSE
    ) AND (
      FALSE
    ) THEN 1 END) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'farmer' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT is_farmer IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT is_farmer IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(CASE WHEN (
      NOT is_farmer IS NULL
    ) AND (
      FALSE
    ) AND (
      FALSE
    ) THEN 1 END) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'home' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT reported_home_code IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT reported_home_code IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT reported_home_code IS NULL
        ) AND (
          TRUE
        ) AND (
          is_known_home
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'customer_type' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT customer_type IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT customer_type IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT customer_type IS NULL
        ) AND (
          FALSE
        ) AND (
          FALSE
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'address' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT address IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT address IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(CASE WHEN (
      NOT address IS NULL
    ) AND (
      FALSE
    ) AND (
      FALSE
    ) THEN 1 END) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal', 'corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'education' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT education IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT education IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(CASE WHEN (
      NOT education IS NULL
    ) AND (
      FALSE
    ) AND (
      FALSE
    ) THEN 1 END) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'occupation' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT occupation IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT occupation IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE WHEN (
        NOT occupation IS NULL
      ) AND (
        FALSE
      ) AND (
        FALSE
      ) THEN 1 END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'employer' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT employer_name IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT employer_name IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT employer_name IS NULL
        ) AND (
          FALSE
        ) AND (
          FALSE
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'income' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT annual_income_amount IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT annual_income_amount IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT annual_income_amount IS NULL
        )
        AND (
          TRUE
        )
        AND (
          annual_income_amount >= 0
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'married' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT is_married IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT is_married IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE WHEN (
        NOT is_married IS NULL
      ) AND (
        FALSE
      ) AND (
        FALSE
      ) THEN 1 END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'blacklist' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT is_blacklisted IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT is_blacklisted IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT is_blacklisted IS NULL
        )
        AND (
          TRUE
        )
        AND (
          NOT is_blacklisted OR NOT blacklisted_on IS NULL
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('personal')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'size_class' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT size_class IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT size_class IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE WHEN (
        NOT size_class IS NULL
      ) AND (
        FALSE
      ) AND (
        FALSE
      ) THEN 1 END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'credit_rating' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT credit_rating IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT credit_rating IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT credit_rating IS NULL
        ) AND (
          FALSE
        ) AND (
          FALSE
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'capital' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT registered_capital_amount IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT registered_capital_amount IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT registered_capital_amount IS NULL
        )
        AND (
          TRUE
        )
        AND (
          registered_capital_amount > 0
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'staff' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT staff_count IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT staff_count IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT staff_count IS NULL
        ) AND (
          TRUE
        ) AND (
          staff_count >= 0
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'industry' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT industry_code IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT industry_code IS NULL
    ) AND (
      FALSE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT industry_code IS NULL
        ) AND (
          FALSE
        ) AND (
          FALSE
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    'region' AS fact_code,
    COUNT(*) AS customer_count,
    COUNT(CASE WHEN NOT region_code IS NULL THEN 1 END) AS filled_count,
    COUNT(CASE WHEN (
      NOT region_code IS NULL
    ) AND (
      TRUE
    ) THEN 1 END) AS checked_count,
    COUNT(
      CASE
        WHEN (
          NOT region_code IS NULL
        )
        AND (
          TRUE
        )
        AND (
          region_code RLIKE '^[1-9][0-9]{5}\\z'
        )
        THEN 1
      END
    ) AS valid_count
  FROM described
  WHERE
    customer_kind IN ('corporate')
  GROUP BY
    organisation_code,
    customer_kind
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.fact_code AS STRING) AS fact_code,
  CAST(q.customer_count AS BIGINT) AS customer_count,
  CAST(q.filled_count AS BIGINT) AS filled_count,
  CAST(q.checked_count AS BIGINT) AS checked_count,
  CAST(q.valid_count AS BIGINT) AS valid_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    fact_code,
    customer_count,
    filled_count,
    checked_count,
    valid_count
  FROM counted
) AS q
