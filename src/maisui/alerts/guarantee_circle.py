"""Circles and chains: customers who guarantee each other round, or along a chain that holds bad loans."""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit, yuan

GUARANTEE_CIRCLE = Rule(
    code="guarantee_circle",
    name_zh="担保圈链",
    name_en="Guarantee circles and chains",
    meaning_zh="担保圈内贷款达到阈值，或担保链上已有不良贷款；已有不良为高，否则为中。事项记在其中贷款最大的客户名下，一月一件。",
    meaning_en="A circle of guarantees whose loans reach the threshold, or a chain that holds bad loans; with bad loans it is high, otherwise medium. The case stands under the member who owes most, once a month.",
    subject=SubjectKind.CIRCLE,
    thresholds=("circle_exposure",),
    facts=(
        Fact("before_word", "圈或链", "Circle or chain"),
        Fact("item_count", "成员数", "Parties"),
        Fact("before_amount", "其中不良贷款", "Bad loans among them"),
        Fact("after_amount", "圈链内担保金额", "Guaranteed within"),
        Fact("limit_amount", "阈值", "Threshold"),
    ),
    reads=("guarantee_party", "customer", "calendar_day", "alert_threshold"),
    query=f"""
WITH parties AS (
  SELECT 'circle' AS before_word, circle_code AS subject_key, customer_number, party_key, loan_balance, bad_loan_balance, given_amount
  FROM guarantee_party
  WHERE circle_code IS NOT NULL
  UNION ALL
  SELECT 'chain' AS before_word, chain_code AS subject_key, customer_number, party_key, loan_balance, bad_loan_balance, given_amount
  FROM guarantee_party
  WHERE chain_code IS NOT NULL AND circle_code IS NULL
),
sums AS (
  SELECT
    before_word, subject_key, count(*) AS item_count, CAST(sum(loan_balance) AS DECIMAL(18,2)) AS loan_balance,
    CAST(sum(bad_loan_balance) AS DECIMAL(18,2)) AS bad_loan_balance, CAST(sum(given_amount) AS DECIMAL(18,2)) AS given_amount
  FROM parties
  GROUP BY before_word, subject_key
),
largest AS (
  SELECT before_word, subject_key, customer_number
  FROM parties
  WHERE customer_number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY before_word, subject_key ORDER BY loan_balance DESC, party_key) = 1
)
SELECT
  concat(s.before_word, ':', s.subject_key) AS subject_key,
  d.month_start AS period_on,
  CASE WHEN s.bad_loan_balance > 0 THEN 'high' ELSE 'medium' END AS severity_code,
  c.home_organisation_code AS organisation_code,
  g.customer_number,
  s.loan_balance AS at_stake_amount,
  s.before_word,
  s.item_count,
  s.bad_loan_balance AS before_amount,
  s.given_amount AS after_amount,
  {yuan("m")} AS limit_amount
FROM sums AS s
INNER JOIN largest AS g ON g.before_word = s.before_word AND g.subject_key = s.subject_key
INNER JOIN customer AS c ON c.customer_number = g.customer_number
INNER JOIN calendar_day AS d ON d.business_date = $reporting_date
{limit("m", "circle_exposure", "c.home_organisation_code", "$reporting_date")}
WHERE s.bad_loan_balance > 0 OR (s.before_word = 'circle' AND s.loan_balance >= {yuan("m")})
""",
)
