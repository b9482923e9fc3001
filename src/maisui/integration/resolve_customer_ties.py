"""Who is tied to whom, each kind of tie once, whichever of the two reported it."""

from maisui.steps.step import Step
from maisui.tables.customer_tie import CUSTOMER_TIE

RESOLVE_CUSTOMER_TIES = Step(
    name="resolve_customer_ties",
    writes=CUSTOMER_TIE,
    reads=(
        "customer_tie_snapshot",
        "certificate_match",
        "delivery",
    ),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM customer_tie_snapshot)
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
named AS (
  SELECT
    s.customer_number, s.tie_kind, s.tie_type, s.reported_on, f.next_on, s.source_file_id, s.source_line,
    CASE
      WHEN s.related_number IS NOT NULL THEN s.related_number
      WHEN m.customer_number IS NOT NULL THEN m.customer_number
      WHEN s.certificate_number IS NOT NULL
        THEN concat('certificate:', md5(concat(coalesce(s.certificate_type, ''), '|', s.certificate_number)))
      ELSE concat('unnamed:', md5(concat(s.customer_number, '|', coalesce(s.related_name, ''))))
    END AS other_key,
    CASE WHEN s.related_number IS NOT NULL THEN 'reported' ELSE coalesce(m.identity_grade, 'unresolved') END AS identity_grade
  FROM customer_tie_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
  LEFT JOIN certificate_match AS m
    ON m.certificate_type = s.certificate_type AND m.certificate_number = s.certificate_number
  WHERE s.customer_number IS NOT NULL AND NOT s.is_ended
),
turned AS (
  SELECT
    CASE
      WHEN tie_kind IN ('control', 'shareholder', 'legal_representative', 'officer') THEN other_key
      ELSE least(customer_number, other_key)
    END AS first_party_key,
    CASE
      WHEN tie_kind IN ('control', 'shareholder', 'legal_representative', 'officer') THEN customer_number
      ELSE greatest(customer_number, other_key)
    END AS second_party_key,
    tie_kind, tie_type, identity_grade, reported_on, next_on, source_file_id, source_line
  FROM named
  WHERE other_key <> customer_number
),
counted AS (
  SELECT
    first_party_key, second_party_key, tie_kind, tie_type, identity_grade, reported_on, next_on, source_file_id, source_line,
    min(reported_on) OVER (PARTITION BY first_party_key, second_party_key, tie_kind) AS first_on,
    count(*) OVER (PARTITION BY first_party_key, second_party_key, tie_kind, reported_on) AS report_count
  FROM turned
)
SELECT
  $legal_entity_code AS legal_entity_code,
  first_party_key,
  second_party_key,
  tie_kind,
  tie_type,
  identity_grade,
  report_count,
  first_on AS valid_from,
  next_on AS valid_until
FROM counted
QUALIFY row_number() OVER (
  PARTITION BY first_party_key, second_party_key, tie_kind
  ORDER BY reported_on DESC, next_on DESC NULLS FIRST, source_file_id DESC, source_line DESC
) = 1
""",
)
