"""Whether what one member logs of another's customers at its machines (本代他) is what the other logs of them (他代本)."""

from __future__ import annotations

TOLD_QUERY = """
SELECT
  $member AS member_code, agency_code, other_bank_code, CAST(date_trunc('month', attempted_on) AS DATE) AS month_start,
  count(*) AS told_count, CAST(sum(attempt_amount) AS DECIMAL(38,2)) AS told_amount
FROM attempt_agency
WHERE is_successful AND transaction_type NOT IN ('enquiry', 'log_in') AND agency_code IN ('acquiring_for_others', 'issued_used_elsewhere')
GROUP BY agency_code, other_bank_code, CAST(date_trunc('month', attempted_on) AS DATE)
"""
"""What one member's channel log says of cards and machines of other banks, month by month; sums only."""

BANK_CODE_QUERY = "SELECT DISTINCT $member AS member_code, bank_code FROM organisation_snapshot WHERE bank_code IS NOT NULL"
"""The payment codes by which other banks know one member."""

MIRROR_QUERY = """
WITH
speaking AS (
  SELECT member_code FROM agency_told GROUP BY member_code HAVING count(other_bank_code) > 0
),
named AS (
  SELECT t.member_code, t.agency_code, b.member_code AS other_code, t.month_start, sum(t.told_count) AS told_count,
    sum(t.told_amount) AS told_amount
  FROM agency_told AS t
  INNER JOIN member_bank_code AS b ON b.bank_code = t.other_bank_code
  WHERE b.member_code <> t.member_code
  GROUP BY t.member_code, t.agency_code, b.member_code, t.month_start
),
pairs AS (
  SELECT DISTINCT
    CASE WHEN agency_code = 'acquiring_for_others' THEN member_code ELSE other_code END AS acquirer_code,
    CASE WHEN agency_code = 'acquiring_for_others' THEN other_code ELSE member_code END AS issuer_code,
    month_start
  FROM named
)
SELECT
  $union AS legal_entity_code, p.acquirer_code, p.issuer_code, p.month_start,
  CAST(CASE WHEN sa.member_code IS NOT NULL THEN coalesce(a.told_count, 0) END AS BIGINT) AS acquirer_count,
  CAST(CASE WHEN si.member_code IS NOT NULL THEN coalesce(i.told_count, 0) END AS BIGINT) AS issuer_count,
  CAST(CASE WHEN sa.member_code IS NOT NULL THEN coalesce(a.told_amount, 0) END AS DECIMAL(38,2)) AS acquirer_amount,
  CAST(CASE WHEN si.member_code IS NOT NULL THEN coalesce(i.told_amount, 0) END AS DECIMAL(38,2)) AS issuer_amount
FROM pairs AS p
INNER JOIN union_member AS ma ON ma.member_code = p.acquirer_code
INNER JOIN union_member AS mi ON mi.member_code = p.issuer_code
LEFT JOIN speaking AS sa ON sa.member_code = p.acquirer_code
LEFT JOIN speaking AS si ON si.member_code = p.issuer_code
LEFT JOIN named AS a
  ON a.agency_code = 'acquiring_for_others' AND a.member_code = p.acquirer_code AND a.other_code = p.issuer_code
  AND a.month_start = p.month_start
LEFT JOIN named AS i
  ON i.agency_code = 'issued_used_elsewhere' AND i.member_code = p.issuer_code AND i.other_code = p.acquirer_code
  AND i.month_start = p.month_start
WHERE (ma.reporting_date = mi.reporting_date OR last_day(p.month_start) <= least(ma.reporting_date, mi.reporting_date))
  AND (ma.first_date = mi.first_date OR p.month_start >= greatest(ma.first_date, mi.first_date))
"""
"""Both sides of every pair and month that both members' histories cover; a side whose log names no bank code is null."""
