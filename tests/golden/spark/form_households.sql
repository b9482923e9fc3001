WITH rosters AS (
  SELECT
    village_code,
    reported_on,
    LEAD(reported_on) OVER (PARTITION BY village_code ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      village_code,
      reported_on
    FROM village_roster_snapshot
  ) AS d
), narrow AS (
  SELECT
    r.village_code,
    r.grid_code,
    r.household_number,
    r.member_line,
    r.is_head,
    r.kin_to_head,
    r.reported_on,
    d.next_on,
    NULLIF(TRIM('                　' FROM r.customer_number), '') AS customer_number,
    COALESCE(
      UPPER(
        REPLACE(
          REPLACE(
            REPLACE(
              TRIM('                　' FROM TRANSLATE(r.certificate_number, '０１２３４５６７８９ＸｘＡ', '0123456789XXA')),
              ' ',
              ''
            ),
            '　',
            ''
          ),
          '-',
          ''
        )
      ),
      ''
    ) AS number,
    r.source_file_id,
    r.source_line
  FROM village_roster_snapshot AS r
  INNER JOIN rosters AS d
    ON d.village_code = r.village_code AND d.reported_on = r.reported_on
), lines AS (
  SELECT
    village_code,
    grid_code,
    household_number,
    member_line,
    is_head,
    kin_to_head,
    reported_on,
    next_on,
    customer_number,
    source_file_id,
    source_line,
    CASE
      WHEN (
        number RLIKE '^[1-9][0-9]{14}\\z'
        AND SUBSTRING(number, 9, 2) BETWEEN '01' AND '12'
        AND SUBSTRING(number, 11, 2) BETWEEN '01' AND '31'
      )
      THEN CONCAT(
        COALESCE(
          CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
          ''
        ),
        COALESCE(
          SUBSTRING(
            '10X98765432',
            1 + (
              7 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    1,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 9 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    2,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 10 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    3,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 5 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    4,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 8 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    5,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 4 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    6,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 2 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    7,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 1 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    8,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 6 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    9,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 3 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    10,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 7 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    11,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 9 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    12,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 10 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    13,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 5 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    14,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 8 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    15,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 4 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    16,
                    1
                  ),
                  '0123456789'
                ) - 1
              ) + 2 * (
                LOCATE(
                  SUBSTRING(
                    CONCAT(COALESCE(SUBSTRING(number, 1, 6), ''), '19', COALESCE(SUBSTRING(number, 7, 9), '')),
                    17,
                    1
                  ),
                  '0123456789'
                ) - 1
              )
            ) % 11,
            1
          ),
          ''
        )
      )
      ELSE number
    END AS number
  FROM narrow
), owners AS (
  SELECT
    certificate_number,
    customer_number
  FROM customer_certificate
  WHERE
    certificate_group = 'resident'
), found AS (
  SELECT
    COALESCE(c.customer_number, o.customer_number) AS customer_number,
    l.village_code,
    l.grid_code,
    l.household_number,
    l.member_line,
    l.is_head,
    l.kin_to_head,
    l.reported_on,
    l.next_on,
    CASE
      WHEN NOT c.customer_number IS NULL
      THEN 'roster_number'
      ELSE 'roster_certificate'
    END AS evidence,
    l.source_file_id,
    l.source_line
  FROM lines AS l
  LEFT JOIN customer AS c
    ON c.customer_number = l.customer_number
  LEFT JOIN owners AS o
    ON o.certificate_number = l.number AND c.customer_number IS NULL
  WHERE
    NOT COALESCE(c.customer_number, o.customer_number) IS NULL
), once AS (
  SELECT
    customer_number,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    reported_on,
    next_on,
    evidence
  FROM (
    SELECT
      customer_number,
      CONCAT(COALESCE(village_code, ''), '-', COALESCE(household_number, '')) AS household_code,
      village_code,
      grid_code,
      is_head,
      kin_to_head,
      reported_on,
      next_on,
      evidence,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number, reported_on
        ORDER BY evidence DESC, village_code NULLS LAST, household_number NULLS LAST, member_line NULLS LAST
      ) AS _w
    FROM found
  ) AS _t
  WHERE
    _w = 1
), compared AS (
  SELECT
    customer_number,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    reported_on,
    next_on,
    evidence,
    LAG(
      CONCAT_WS(
        '|',
        household_code,
        COALESCE(grid_code, ''),
        COALESCE(kin_to_head, ''),
        CASE WHEN is_head THEN 'head' ELSE '' END
      )
    ) OVER (PARTITION BY customer_number ORDER BY reported_on NULLS LAST) AS state_before,
    CONCAT_WS(
      '|',
      household_code,
      COALESCE(grid_code, ''),
      COALESCE(kin_to_head, ''),
      CASE WHEN is_head THEN 'head' ELSE '' END
    ) AS state,
    LAG(next_on) OVER (PARTITION BY customer_number ORDER BY reported_on NULLS LAST) AS next_before
  FROM once
), islands AS (
  SELECT
    customer_number,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    reported_on,
    next_on,
    evidence,
    CAST(SUM(CASE WHEN state_before = state AND next_before = reported_on THEN 0 ELSE 1 END) OVER (
      PARTITION BY customer_number
      ORDER BY reported_on NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS island
  FROM compared
), stays AS (
  SELECT
    customer_number,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    MIN(evidence) AS evidence,
    MIN(reported_on) AS valid_from,
    MAX(COALESCE(next_on, CAST('9999-12-31' AS DATE))) AS ends_on
  FROM islands
  GROUP BY
    customer_number,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    island
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.household_code AS STRING) AS household_code,
  CAST(q.village_code AS STRING) AS village_code,
  CAST(q.grid_code AS STRING) AS grid_code,
  CAST(q.is_head AS BOOLEAN) AS is_head,
  CAST(q.kin_to_head AS STRING) AS kin_to_head,
  CAST(q.evidence AS STRING) AS evidence
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    valid_from,
    NULLIF(
      LEAST(
        ends_on,
        COALESCE(
          LEAD(valid_from) OVER (PARTITION BY customer_number ORDER BY valid_from NULLS LAST),
          CAST('9999-12-31' AS DATE)
        )
      ),
      CAST('9999-12-31' AS DATE)
    ) AS valid_until,
    household_code,
    village_code,
    grid_code,
    is_head,
    kin_to_head,
    evidence
  FROM stays
) AS q
