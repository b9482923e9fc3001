"""Which customers the bank's own shareholders and related parties are."""

from maisui.steps.step import Step
from maisui.tables.related_party import RELATED_PARTY

RESOLVE_RELATED_PARTIES = Step(
    name="resolve_related_parties",
    writes=RELATED_PARTY,
    reads=(
        "shareholder_snapshot",
        "certificate_match",
        "delivery",
    ),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM shareholder_snapshot)
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
    CASE
      WHEN s.customer_number IS NOT NULL THEN s.customer_number
      WHEN m.customer_number IS NOT NULL THEN m.customer_number
      WHEN s.certificate_number IS NOT NULL
        THEN concat('certificate:', md5(concat(coalesce(s.certificate_type, ''), '|', s.certificate_number)))
      ELSE concat('unnamed:', md5(coalesce(s.party_name, '')))
    END AS party_key,
    coalesce(s.customer_number, m.customer_number) AS customer_number,
    CASE WHEN s.customer_number IS NOT NULL THEN 'reported' ELSE coalesce(m.identity_grade, 'unresolved') END AS identity_grade,
    s.relation_type, s.shares_held_share, s.reported_on, f.next_on, s.source_file_id, s.source_line
  FROM shareholder_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
  LEFT JOIN certificate_match AS m
    ON m.certificate_type = s.certificate_type AND m.certificate_number = s.certificate_number
  WHERE NOT s.is_ended
)
SELECT
  $legal_entity_code AS legal_entity_code,
  party_key,
  customer_number,
  identity_grade,
  relation_type,
  shares_held_share,
  min(reported_on) OVER (PARTITION BY party_key) AS valid_from,
  next_on AS valid_until
FROM named
QUALIFY row_number() OVER (PARTITION BY party_key ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) = 1
""",
)
