WITH own_bank_codes AS (
  SELECT DISTINCT
    bank_code
  FROM organisation_snapshot
  WHERE
    NOT bank_code IS NULL
), prefixes AS (
  SELECT
    CASE WHEN parameter_code LIKE 'union_bank_code_prefix%' THEN 1 ELSE 2 END AS nearness,
    text_value AS bank_code_prefix,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'union_bank_code_prefix%'
    OR parameter_code LIKE 'rural_bank_code_prefix%'
), terminals AS (
  SELECT
    terminal_number,
    organisation_code
  FROM (
    SELECT
      terminal_number,
      organisation_code,
      ROW_NUMBER() OVER (PARTITION BY terminal_number ORDER BY reported_on DESC) AS _w
    FROM terminal_snapshot
  ) AS _t
  WHERE
    _w = 1
), named AS (
  SELECT DISTINCT
    transaction_number
  FROM channel_attempt
  WHERE
    NOT transaction_number IS NULL AND is_successful
), posted AS (
  SELECT
    t.transaction_number,
    COUNT(*) AS posting_count
  FROM account_transaction AS t
  INNER JOIN named AS n
    ON n.transaction_number = t.transaction_number
  GROUP BY
    t.transaction_number
), sides AS (
  SELECT
    a.attempt_number,
    a.attempted_on,
    a.channel_code,
    a.transaction_type,
    a.terminal_number,
    a.is_successful,
    a.attempt_amount,
    a.fee_amount,
    a.card_bank_code,
    a.acquirer_bank_code,
    o.organisation_code AS holding_code,
    o.customer_number,
    COALESCE(m.organisation_code, a.organisation_code) AS machine_code,
    NOT o.alias_number IS NULL OR NOT c.bank_code IS NULL AS is_own_card,
    CASE
      WHEN NOT m.terminal_number IS NULL OR NOT q.bank_code IS NULL
      THEN TRUE
      WHEN NOT a.acquirer_bank_code IS NULL
      THEN FALSE
      ELSE NOT a.organisation_code IS NULL
      OR a.channel_code IN ('counter', 'internet_bank', 'mobile_bank', 'telephone_bank')
    END AS is_own_machine,
    COALESCE(p.posting_count, 0) AS posting_count,
    a.source_file_id,
    a.source_line
  FROM channel_attempt AS a
  LEFT JOIN account_alias AS o
    ON o.alias_number = a.card_number
  LEFT JOIN own_bank_codes AS c
    ON c.bank_code = a.card_bank_code
  LEFT JOIN own_bank_codes AS q
    ON q.bank_code = a.acquirer_bank_code
  LEFT JOIN terminals AS m
    ON m.terminal_number = a.terminal_number
  LEFT JOIN posted AS p
    ON p.transaction_number = a.transaction_number AND a.is_successful
  WHERE
    a.attempted_on <= CAST('2026-10-31' AS DATE)
), told AS (
  SELECT
    attempt_number,
    attempted_on,
    channel_code,
    transaction_type,
    terminal_number,
    is_successful,
    attempt_amount,
    fee_amount,
    holding_code,
    customer_number,
    machine_code,
    is_own_card,
    is_own_machine,
    posting_count,
    source_file_id,
    source_line,
    CASE
      WHEN is_own_card AND is_own_machine
      THEN 'own_at_own'
      WHEN is_own_card AND NOT acquirer_bank_code IS NULL
      THEN 'issued_used_elsewhere'
      WHEN is_own_machine AND NOT card_bank_code IS NULL AND NOT is_own_card
      THEN 'acquiring_for_others'
      ELSE 'none'
    END AS agency_code,
    CASE WHEN is_own_card THEN acquirer_bank_code ELSE card_bank_code END AS other_bank_code
  FROM sides
), relatives AS (
  SELECT
    c.other_bank_code,
    c.attempted_on,
    MIN(p.nearness) AS nearness
  FROM (
    SELECT DISTINCT
      other_bank_code,
      attempted_on
    FROM told
  ) AS c
  INNER JOIN prefixes AS p
    ON STARTSWITH(c.other_bank_code, p.bank_code_prefix)
    AND c.attempted_on >= p.valid_from
    AND c.attempted_on < p.valid_until
  GROUP BY
    c.other_bank_code,
    c.attempted_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.attempt_number AS STRING) AS attempt_number,
  CAST(q.attempted_on AS DATE) AS attempted_on,
  CAST(q.agency_code AS STRING) AS agency_code,
  CAST(q.agency_level AS STRING) AS agency_level,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.other_bank_code AS STRING) AS other_bank_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.terminal_number AS STRING) AS terminal_number,
  CAST(q.is_successful AS BOOLEAN) AS is_successful,
  CAST(q.attempt_amount AS DECIMAL(18, 2)) AS attempt_amount,
  CAST(q.fee_amount AS DECIMAL(18, 2)) AS fee_amount,
  CAST(q.has_posting AS BOOLEAN) AS has_posting,
  CAST(q.posting_count AS BIGINT) AS posting_count,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    t.attempt_number,
    t.attempted_on,
    t.agency_code,
    CASE
      WHEN t.agency_code = 'none'
      THEN 'none'
      WHEN t.agency_code = 'own_at_own' AND t.holding_code <> t.machine_code
      THEN 'other_outlet'
      WHEN t.agency_code = 'own_at_own'
      THEN 'same_outlet'
      WHEN u.nearness = 1
      THEN 'union'
      WHEN u.nearness = 2
      THEN 'rural'
      ELSE 'other_bank'
    END AS agency_level,
    COALESCE(t.holding_code, t.machine_code, 'none') AS organisation_code,
    CASE
      WHEN t.is_own_machine
      THEN COALESCE(t.machine_code, t.holding_code, 'none')
      ELSE 'none'
    END AS handling_organisation_code,
    CASE
      WHEN t.agency_code IN ('acquiring_for_others', 'issued_used_elsewhere')
      THEN t.other_bank_code
    END AS other_bank_code,
    t.customer_number,
    t.channel_code,
    t.transaction_type,
    t.terminal_number,
    t.is_successful,
    COALESCE(t.attempt_amount, CAST(0 AS DECIMAL(18, 2))) AS attempt_amount,
    COALESCE(t.fee_amount, CAST(0 AS DECIMAL(18, 2))) AS fee_amount,
    t.posting_count > 0 AS has_posting,
    t.posting_count,
    t.source_file_id,
    t.source_line
  FROM told AS t
  LEFT JOIN relatives AS u
    ON u.other_bank_code = t.other_bank_code AND u.attempted_on = t.attempted_on
) AS q
