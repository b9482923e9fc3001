"""Concentration: borrowers and groups that owe near, or beyond, the permitted share of the bank's capital."""

from maisui.alerts.rule import Fact, Rule, SubjectKind
from maisui.steps.portable import div_half_up

_RATE = div_half_up("o.owed_amount", "k.input_amount", 4, denominator_scale=2)

CONCENTRATION = Rule(
    code="concentration",
    name_zh="授信集中度",
    name_en="Concentration",
    meaning_zh="单一客户贷款或单一集团授信与资本净额之比超过限值为高，接近限值为中；限值与“接近”取比率限值参数。",
    meaning_en="Loans of one borrower, or exposure to one group, as a share of net capital: beyond the limit is high, near it medium; limits and nearness are the parameters of ratio limits.",
    subject=SubjectKind.CUSTOMER,
    thresholds=(),
    facts=(
        Fact("measured_rate", "占资本净额", "Share of net capital"),
        Fact("limit_rate", "限值", "Limit"),
        Fact("limit_amount", "限值金额", "Limit in money"),
        Fact("before_word", "对象", "Who"),
        Fact("item_count", "集团成员数", "Members of the group"),
    ),
    reads=("customer_exposure", "group_exposure", "customer_group_member", "customer", "regulatory_input", "parameter", "calendar_day"),
    query=f"""
WITH capital AS (
  SELECT input_amount
  FROM regulatory_input
  WHERE input_code = 'net_capital' AND measured_on <= $reporting_date AND input_amount > 0
  QUALIFY row_number() OVER (ORDER BY measured_on DESC, source_file_id, source_line) = 1
),
limits AS (
  SELECT
    max(CASE WHEN parameter_code = 'ratio_ceiling.largest_borrower_ratio' THEN number_value END) AS borrower_rate,
    max(CASE WHEN parameter_code = 'ratio_ceiling.largest_group_ratio' THEN number_value END) AS group_rate,
    max(CASE WHEN parameter_code = 'ratio_near_share' THEN number_value END) AS near_share
  FROM parameter
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
heads AS (
  SELECT group_number, customer_number
  FROM customer_group_member
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
  QUALIFY row_number() OVER (PARTITION BY group_number ORDER BY is_parent DESC, customer_number) = 1
),
owed AS (
  SELECT
    customer_number AS subject_key, customer_number, 'borrower' AS before_word, loan_balance AS owed_amount,
    CAST(NULL AS BIGINT) AS item_count
  FROM customer_exposure
  WHERE business_date = $reporting_date AND loan_balance > 0
  UNION ALL
  SELECT
    concat('group:', g.group_number) AS subject_key, h.customer_number, 'group' AS before_word, g.exposure_amount AS owed_amount,
    g.member_count AS item_count
  FROM group_exposure AS g
  INNER JOIN heads AS h ON h.group_number = g.group_number
  WHERE g.business_date = $reporting_date AND g.exposure_amount > 0
),
measured AS (
  SELECT
    o.subject_key, o.customer_number, o.before_word, o.item_count, o.owed_amount, l.near_share,
    CASE WHEN o.before_word = 'group' THEN l.group_rate ELSE l.borrower_rate END AS limit_rate,
    CAST(round(CAST(k.input_amount AS DECIMAL(38,2)) * CASE WHEN o.before_word = 'group' THEN l.group_rate ELSE l.borrower_rate END, 2) AS DECIMAL(18,2))
      AS limit_amount,
    {_RATE} AS measured_rate
  FROM owed AS o
  CROSS JOIN capital AS k
  CROSS JOIN limits AS l
)
SELECT
  m.subject_key,
  d.month_start AS period_on,
  CASE WHEN m.owed_amount > m.limit_amount THEN 'high' ELSE 'medium' END AS severity_code,
  c.home_organisation_code AS organisation_code,
  m.customer_number,
  CAST(m.owed_amount AS DECIMAL(18,2)) AS at_stake_amount,
  m.measured_rate,
  m.limit_rate,
  m.limit_amount,
  m.before_word,
  m.item_count
FROM measured AS m
INNER JOIN customer AS c ON c.customer_number = m.customer_number
INNER JOIN calendar_day AS d ON d.business_date = $reporting_date
WHERE m.owed_amount > CAST(m.limit_amount * (1 - m.near_share) AS DECIMAL(18,2))
""",
)
