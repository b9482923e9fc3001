"""Whose certificate it is: equality of type and number inside one bank, with a grade, never by name."""

from maisui.steps.certificate_sql import certificate_group, credit_code_holds, narrowed, resident_number_holds
from maisui.steps.step import Step
from maisui.tables.certificate_match import CERTIFICATE_MATCH

MATCH_CERTIFICATES = Step(
    name="match_certificates",
    writes=CERTIFICATE_MATCH,
    reads=(
        "guarantor_snapshot",
        "collateral_item_snapshot",
        "customer_tie_snapshot",
        "shareholder_snapshot",
        "wealth_holding_snapshot",
        "customer",
    ),
    query=f"""
WITH named AS (
  SELECT certificate_type, certificate_number FROM guarantor_snapshot
  UNION ALL
  SELECT certificate_type, certificate_number FROM collateral_item_snapshot
  UNION ALL
  SELECT certificate_type, certificate_number FROM wealth_holding_snapshot GROUP BY certificate_type, certificate_number
  UNION ALL
  SELECT certificate_type, certificate_number FROM customer_tie_snapshot WHERE related_number IS NULL
  UNION ALL
  SELECT certificate_type, certificate_number FROM shareholder_snapshot WHERE customer_number IS NULL
),
asked AS (
  SELECT
    certificate_type, certificate_number,
    {certificate_group("certificate_type")} AS type,
    {narrowed("certificate_number")} AS number
  FROM named
  WHERE certificate_type IS NOT NULL AND certificate_number IS NOT NULL
  GROUP BY certificate_type, certificate_number
),
held AS (
  SELECT customer_number, {certificate_group("certificate_type")} AS type, {narrowed("certificate_number")} AS number
  FROM customer
  WHERE certificate_type IS NOT NULL AND certificate_number IS NOT NULL
),
owners AS (
  SELECT h.type, h.number, min(h.customer_number) AS customer_number, count(*) AS candidate_count
  FROM held AS h
  WHERE EXISTS (SELECT 1 FROM asked AS a WHERE a.type = h.type AND a.number = h.number)
  GROUP BY h.type, h.number
),
judged AS (
  SELECT
    certificate_type, certificate_number, type, number,
    CASE
      WHEN type = 'resident' THEN {resident_number_holds("number")}
      WHEN type = 'credit_code' THEN {credit_code_holds("number")}
      ELSE false
    END AS is_real
  FROM asked
)
SELECT
  $legal_entity_code AS legal_entity_code,
  j.certificate_type,
  j.certificate_number,
  o.customer_number,
  coalesce(o.candidate_count, 0) AS candidate_count,
  CASE
    WHEN o.customer_number IS NULL THEN 'unresolved'
    WHEN j.is_real THEN 'exact'
    ELSE 'deformed'
  END AS identity_grade
FROM judged AS j
LEFT JOIN owners AS o ON o.type = j.type AND o.number = j.number
""",
)
