"""Which files carry genuine certificates: check digits tell, nothing else."""

from maisui.steps.certificate_sql import CREDIT_CODE_TYPES, RESIDENT_TYPES, credit_code_holds, narrowed, resident_number_holds
from maisui.steps.step import Step
from maisui.tables.identity_file import IDENTITY_FILE

JUDGE_IDENTITY_FILES = Step(
    name="judge_identity_files",
    writes=IDENTITY_FILE,
    reads=("customer_snapshot", "customer_identity_snapshot"),
    query=f"""
WITH sampled AS (
  SELECT source_file_id, 'customer_snapshot' AS delivered_table, reported_on, certificate_type, {narrowed("certificate_number")} AS number
  FROM customer_snapshot
  WHERE source_line <= 2000
  UNION ALL
  SELECT
    source_file_id, 'customer_identity_snapshot' AS delivered_table, reported_on, certificate_type,
    {narrowed("certificate_number")} AS number
  FROM customer_identity_snapshot
  WHERE source_line <= 2000
),
judged AS (
  SELECT
    source_file_id, delivered_table, reported_on,
    CASE
      WHEN certificate_type IN ({RESIDENT_TYPES}) AND length(number) <> 15 AND number <> '' THEN {resident_number_holds("number")}
      WHEN certificate_type IN ({CREDIT_CODE_TYPES}) AND number <> '' THEN {credit_code_holds("number")}
    END AS holds
  FROM sampled
),
counted AS (
  SELECT
    source_file_id, delivered_table, min(reported_on) AS reported_on,
    count(holds) AS checked_count, count(*) FILTER (WHERE holds) AS genuine_count
  FROM judged
  GROUP BY source_file_id, delivered_table
)
SELECT
  $legal_entity_code AS legal_entity_code,
  source_file_id,
  delivered_table,
  reported_on,
  checked_count,
  genuine_count,
  genuine_count * 10 >= checked_count * 9 AND (checked_count > 0 OR delivered_table = 'customer_identity_snapshot') AS is_genuine
FROM counted
""",
)
