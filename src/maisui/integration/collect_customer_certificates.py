"""Genuine certificates of customers in one form; of several resident numbers of one customer the last reported counts."""

from maisui.steps.certificate_sql import (
    CREDIT_CODE_TYPES,
    RESIDENT_TYPES,
    certificate_group,
    credit_code_holds,
    eighteen_of_fifteen,
    is_old_resident_number,
    narrowed,
    resident_check_letter,
    resident_number_holds,
)
from maisui.steps.step import Step
from maisui.tables.customer_certificate import CUSTOMER_CERTIFICATE

COLLECT_CUSTOMER_CERTIFICATES = Step(
    name="collect_customer_certificates",
    writes=CUSTOMER_CERTIFICATE,
    reads=("identity_file", "customer_snapshot", "customer_identity_snapshot"),
    query=f"""
WITH delivered AS (
  SELECT s.customer_number, s.customer_kind, s.certificate_type, s.certificate_number, s.reported_on
  FROM customer_snapshot AS s
  INNER JOIN identity_file AS f ON f.source_file_id = s.source_file_id
  WHERE f.is_genuine AND s.certificate_number IS NOT NULL
  UNION ALL
  SELECT i.customer_number, CAST(NULL AS VARCHAR) AS customer_kind, i.certificate_type, i.certificate_number, i.reported_on
  FROM customer_identity_snapshot AS i
  INNER JOIN identity_file AS f ON f.source_file_id = i.source_file_id
  WHERE f.is_genuine
),
spans AS (
  SELECT
    customer_number, max(customer_kind) AS customer_kind, certificate_type, certificate_number,
    min(reported_on) AS first_reported_on, max(reported_on) AS last_reported_on
  FROM delivered
  GROUP BY customer_number, certificate_type, certificate_number
),
corporate AS (
  SELECT DISTINCT customer_number FROM customer_snapshot WHERE customer_kind <> 'personal'
),
narrow AS (
  SELECT
    s.customer_number, s.certificate_type, {narrowed("s.certificate_number")} AS number, s.first_reported_on, s.last_reported_on,
    c.customer_number IS NULL AS is_personal
  FROM spans AS s
  LEFT JOIN corporate AS c ON c.customer_number = s.customer_number
),
lengthened AS (
  SELECT
    customer_number, certificate_type, first_reported_on, last_reported_on, is_personal, number,
    CASE
      WHEN certificate_type IN ({RESIDENT_TYPES}) AND {is_old_resident_number("number")} THEN {eighteen_of_fifteen("number")}
    END AS body
  FROM narrow
),
grouped AS (
  SELECT
    customer_number, first_reported_on, last_reported_on,
    {certificate_group("certificate_type")} AS certificate_group,
    CASE
      WHEN body IS NOT NULL AND is_personal THEN concat(body, {resident_check_letter("body")})
      WHEN certificate_type IN ({RESIDENT_TYPES}) THEN CASE WHEN is_personal AND {resident_number_holds("number")} THEN number END
      WHEN certificate_type IN ({CREDIT_CODE_TYPES}) THEN CASE WHEN NOT is_personal AND {credit_code_holds("number")} THEN number END
      WHEN is_personal AND certificate_type LIKE '%护照%' AND regexp_matches(number, '^[A-Z]+[0-9]{{6,}}$') THEN number
      WHEN is_personal AND certificate_type LIKE '%通行证%' AND regexp_matches(number, '^[A-Z]?[0-9]{{8,}}$') THEN number
      WHEN is_personal AND certificate_type LIKE '%永久居留%' AND length(number) >= 15 THEN number
    END AS certificate_number
  FROM lengthened
),
merged AS (
  SELECT
    customer_number, certificate_group, certificate_number, min(first_reported_on) AS first_reported_on,
    max(last_reported_on) AS last_reported_on
  FROM grouped
  WHERE certificate_number IS NOT NULL
  GROUP BY customer_number, certificate_group, certificate_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  certificate_group,
  certificate_number,
  first_reported_on,
  last_reported_on
FROM merged
QUALIFY certificate_group NOT IN ('resident', 'credit_code') OR row_number() OVER (
  PARTITION BY customer_number, certificate_group ORDER BY last_reported_on DESC, first_reported_on DESC, certificate_number
) = 1
""",
)
