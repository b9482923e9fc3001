"""Who guarantees: each guarantor of each guarantee contract, and which customer he is."""

from maisui.steps.step import Step
from maisui.tables.guarantor import GUARANTOR

RESOLVE_GUARANTOR = Step(
    name="resolve_guarantor",
    writes=GUARANTOR,
    reads=("guarantor_snapshot", "certificate_match", "delivery"),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM guarantor_snapshot)
),
feed_days AS (
  SELECT
    source_code, feed_code, business_date,
    lead(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date) AS next_on
  FROM (
    SELECT DISTINCT d.source_code, d.feed_code, d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
),
in_force AS (
  SELECT
    s.guarantee_contract_number,
    CASE
      WHEN m.customer_number IS NOT NULL THEN m.customer_number
      WHEN s.certificate_number IS NOT NULL
        THEN concat('certificate:', md5(concat(coalesce(s.certificate_type, ''), '|', s.certificate_number)))
      ELSE concat('unnamed:', md5(concat(s.guarantee_contract_number, '|', coalesce(s.guarantor_name, ''))))
    END AS guarantor_key,
    m.customer_number,
    coalesce(m.identity_grade, 'unresolved') AS identity_grade,
    s.guarantor_kind, s.guarantor_name, s.net_assets_currency, s.net_assets_amount, s.reported_on, f.next_on,
    s.source_file_id, s.source_line
  FROM guarantor_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
  LEFT JOIN certificate_match AS m
    ON m.certificate_type = s.certificate_type AND m.certificate_number = s.certificate_number
  WHERE s.contract_status IN ('in_force', 'unknown')
),
spans AS (
  SELECT guarantee_contract_number, guarantor_key, min(reported_on) AS first_reported_on
  FROM in_force
  GROUP BY guarantee_contract_number, guarantor_key
)
SELECT
  $legal_entity_code AS legal_entity_code,
  i.guarantee_contract_number,
  i.guarantor_key,
  i.customer_number,
  i.identity_grade,
  i.guarantor_kind,
  i.guarantor_name,
  i.net_assets_currency,
  i.net_assets_amount,
  p.first_reported_on,
  i.reported_on AS last_reported_on,
  i.next_on AS valid_until
FROM in_force AS i
INNER JOIN spans AS p
  ON p.guarantee_contract_number = i.guarantee_contract_number AND p.guarantor_key = i.guarantor_key
QUALIFY row_number() OVER (
  PARTITION BY i.guarantee_contract_number, i.guarantor_key
  ORDER BY i.reported_on DESC, i.source_file_id DESC, i.source_line DESC
) = 1
""",
)
