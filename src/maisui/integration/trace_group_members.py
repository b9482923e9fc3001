"""From when until when a customer belongs to a group."""

from maisui.steps.step import Step
from maisui.tables.customer_group_member import CUSTOMER_GROUP_MEMBER

TRACE_GROUP_MEMBERS = Step(
    name="trace_group_members",
    writes=CUSTOMER_GROUP_MEMBER,
    reads=(
        "customer_group_snapshot",
        "delivery",
    ),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM customer_group_snapshot)
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
reported AS (
  SELECT
    s.group_number, s.member_number, s.group_name, s.parent_number, s.member_used_amount, s.reported_on, f.next_on,
    s.source_file_id, s.source_line,
    min(s.reported_on) OVER (PARTITION BY s.group_number, s.member_number) AS first_on
  FROM customer_group_snapshot AS s
  INNER JOIN delivery AS d ON d.source_file_id = s.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = s.reported_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  group_number,
  member_number AS customer_number,
  group_name,
  coalesce(parent_number = member_number, false) AS is_parent,
  member_used_amount,
  first_on AS valid_from,
  next_on AS valid_until
FROM reported
QUALIFY row_number() OVER (
  PARTITION BY group_number, member_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
) = 1
""",
)
