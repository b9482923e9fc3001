"""Abnormal series: days on which an outlet's channel, or a channel of the whole bank, leaves its usual share far behind.

What is usual of a day: the middle share that the series had of its whole (an outlet's channel of the bank's, a channel of
all channels) on earlier days of its kind, times the whole of the day itself. What moves the whole bank, such as a holiday,
is so no outlet's fault. Days of one kind are those of one weekday within thirteen weeks; month ends are a kind of their own,
compared over thirteen months. The residual is held against what counting alone makes of it (its variance is the middle of
the usual and the actual count, so that a fall to nothing weighs more than a rise by as many), widened where the series has
been more restless than that over thirteen weeks, by the middle of its squared residuals. Squares are compared, so that no
root is drawn.
"""

from maisui.alerts.rule import Fact, Rule, SubjectKind, limit
from maisui.steps.portable import div_half_up

WEEKS_BACK, MONTHS_BACK = 91, 400
LEAST_DAYS = 6
"""A day is judged where at least so many earlier days of its kind are known."""
_MEDIAN_SQUARE_PARTS = "2.1981"
"""1 ÷ 0.4549: the variance in parts of the middle squared residual, where residuals are spread normally."""

ABNORMAL_SERIES = Rule(
    code="abnormal_series",
    name_zh="业务量异常",
    name_en="Abnormal series",
    meaning_zh="某机构某渠道（或全行某渠道）的客户交易笔数，偏离其在全行同渠道（或全部渠道）中的惯常份额超过阈值倍数；惯常份额取同一星期几最近十三周、月末取最近十三个月的中位数。连续多日合为一件；降为零或超过两倍阈值为高，否则为中。",
    meaning_en="Customers' transactions of an outlet's channel, or of a channel of the whole bank, leave their usual share of the bank's channel, or of all channels, by more multiples than the threshold; usual is the median of thirteen weeks of the same weekday, of thirteen months for month ends. Consecutive days are one case; none at all, or more than twice the threshold, is high, otherwise medium.",
    subject=SubjectKind.SERIES,
    thresholds=("window_days", "series_deviation", "series_floor"),
    facts=(
        Fact("before_word", "渠道", "Channel"),
        Fact("item_count", "实际笔数", "Transactions"),
        Fact("usual_count", "惯常笔数", "Usual transactions"),
        Fact("measured_rate", "偏离比率", "Deviation"),
        Fact("day_count", "持续天数", "Days"),
        Fact("after_word", "方向", "Direction"),
    ),
    reads=("channel_day", "calendar_day", "organisation", "alert_threshold"),
    query=f"""
WITH top AS (
  SELECT organisation_code
  FROM organisation
  WHERE parent_code IS NULL
  QUALIFY row_number() OVER (ORDER BY is_open DESC, organisation_code) = 1
),
days AS (
  SELECT
    business_date,
    CASE WHEN business_date = month_end THEN 7 ELSE date_diff('day', DATE '1970-01-05', business_date) % 7 END AS day_kind,
    CASE WHEN business_date = month_end THEN {MONTHS_BACK} ELSE {WEEKS_BACK} END AS days_back
  FROM calendar_day
),
counted AS (
  SELECT
    CASE WHEN channel_code IN ('counter', 'atm', 'vtm') THEN handling_organisation_code ELSE organisation_code END AS organisation_code,
    channel_code, business_date, CAST(sum(transaction_count) AS BIGINT) AS item_count
  FROM channel_day
  WHERE account_kind = 'deposit' AND NOT is_bank_initiated AND initiator_code = 'customer'
    AND channel_code NOT IN ('none', 'unknown', 'other')
  GROUP BY
    CASE WHEN channel_code IN ('counter', 'atm', 'vtm') THEN handling_organisation_code ELSE organisation_code END,
    channel_code, business_date
),
by_channel AS (
  SELECT channel_code, business_date, CAST(sum(item_count) AS BIGINT) AS item_count FROM counted GROUP BY channel_code, business_date
),
wholes AS (
  SELECT 'one' AS level_code, channel_code, business_date, item_count FROM by_channel
  UNION ALL
  SELECT 'all' AS level_code, 'all' AS channel_code, business_date, CAST(sum(item_count) AS BIGINT) AS item_count
  FROM by_channel
  GROUP BY business_date
),
parts AS (
  SELECT
    'one' AS level_code, c.organisation_code, c.channel_code, c.channel_code AS whole_code, c.business_date, c.item_count
  FROM counted AS c
  INNER JOIN organisation AS o ON o.organisation_code = c.organisation_code AND o.is_open
  UNION ALL
  SELECT 'all' AS level_code, t.organisation_code, b.channel_code, 'all' AS whole_code, b.business_date, b.item_count
  FROM by_channel AS b
  CROSS JOIN top AS t
),
series AS (
  SELECT level_code, organisation_code, channel_code, whole_code, min(business_date) AS first_on
  FROM parts
  GROUP BY level_code, organisation_code, channel_code, whole_code
),
points AS (
  SELECT
    s.level_code, s.organisation_code, s.channel_code, d.business_date, d.day_kind, d.days_back,
    coalesce(p.item_count, 0) AS item_count, w.item_count AS whole_count,
    {div_half_up("coalesce(p.item_count, 0)", "w.item_count", 6, numerator_scale=0)} AS usual_share
  FROM series AS s
  INNER JOIN days AS d ON d.business_date >= s.first_on AND d.business_date <= $reporting_date
  INNER JOIN wholes AS w ON w.level_code = s.level_code AND w.channel_code = s.whole_code AND w.business_date = d.business_date
  LEFT JOIN parts AS p
    ON p.level_code = s.level_code AND p.organisation_code = s.organisation_code AND p.channel_code = s.channel_code
    AND p.business_date = d.business_date
  WHERE w.item_count > 0
),
asked AS (
  SELECT p.level_code, p.organisation_code, p.channel_code, p.business_date, p.day_kind, p.days_back, p.item_count, p.whole_count
  FROM points AS p
  {limit("w", "window_days", "p.organisation_code", "$reporting_date")}
  WHERE date_diff('day', p.business_date, $reporting_date) < w.threshold_value * 2 + {WEEKS_BACK}
),
usual AS (
  SELECT
    a.level_code, a.organisation_code, a.channel_code, a.business_date, a.item_count, a.whole_count,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY b.usual_share) AS usual_share
  FROM asked AS a
  INNER JOIN points AS b
    ON b.level_code = a.level_code AND b.organisation_code = a.organisation_code AND b.channel_code = a.channel_code
    AND b.day_kind = a.day_kind AND b.business_date < a.business_date
    AND date_diff('day', b.business_date, a.business_date) <= a.days_back
  GROUP BY a.level_code, a.organisation_code, a.channel_code, a.business_date, a.item_count, a.whole_count
  HAVING count(*) >= {LEAST_DAYS}
),
measured AS (
  SELECT
    level_code, organisation_code, channel_code, business_date, item_count, CAST(whole_count * usual_share AS DECIMAL(12,2)) AS usual_count
  FROM usual
),
squared AS (
  SELECT
    level_code, organisation_code, channel_code, business_date, item_count, usual_count,
    CAST((item_count - usual_count) * (item_count - usual_count) AS DECIMAL(38,4)) AS residual_square,
    CAST((item_count + usual_count) * CAST('0.5' AS DECIMAL(2,1)) AS DECIMAL(38,4)) AS variance
  FROM measured
  WHERE usual_count >= 1
),
relative AS (
  SELECT
    level_code, organisation_code, channel_code, business_date, item_count, usual_count, residual_square, variance,
    {div_half_up("residual_square", "variance", 4, numerator_scale=4, denominator_scale=4)} AS relative_square
  FROM squared
),
spread AS (
  SELECT
    a.level_code, a.organisation_code, a.channel_code, a.business_date,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY b.relative_square) AS median_square
  FROM relative AS a
  INNER JOIN relative AS b
    ON b.level_code = a.level_code AND b.organisation_code = a.organisation_code AND b.channel_code = a.channel_code
    AND b.business_date < a.business_date AND date_diff('day', b.business_date, a.business_date) <= {WEEKS_BACK}
  GROUP BY a.level_code, a.organisation_code, a.channel_code, a.business_date
),
judged AS (
  SELECT
    r.level_code, r.organisation_code, r.channel_code, r.business_date, r.item_count, r.usual_count, r.residual_square,
    CAST(r.variance * greatest(
      CAST(1 AS DECIMAL(12,4)), CAST(s.median_square * CAST('{_MEDIAN_SQUARE_PARTS}' AS DECIMAL(6,4)) AS DECIMAL(12,4))
    ) AS DECIMAL(38,4)) AS variance
  FROM relative AS r
  {limit("w", "window_days", "r.organisation_code", "$reporting_date")}
  {limit("f", "series_floor", "r.organisation_code", "r.business_date")}
  INNER JOIN spread AS s
    ON s.level_code = r.level_code AND s.organisation_code = r.organisation_code AND s.channel_code = r.channel_code
    AND s.business_date = r.business_date
  WHERE date_diff('day', r.business_date, $reporting_date) < w.threshold_value * 2 AND r.usual_count >= f.threshold_value
),
abnormal AS (
  SELECT
    s.level_code, s.organisation_code, s.channel_code, s.business_date, s.item_count, s.usual_count,
    CASE WHEN s.item_count < s.usual_count THEN 'fall' ELSE 'rise' END AS after_word,
    CASE
      WHEN s.item_count = 0 OR s.residual_square > CAST(s.variance * CAST(k.threshold_value * k.threshold_value * 4 AS DECIMAL(8,2)) AS DECIMAL(38,4))
        THEN 1
      ELSE 0
    END AS is_high
  FROM judged AS s
  {limit("k", "series_deviation", "s.organisation_code", "s.business_date")}
  WHERE s.residual_square > CAST(s.variance * CAST(k.threshold_value * k.threshold_value AS DECIMAL(8,2)) AS DECIMAL(38,4))
),
starts AS (
  SELECT
    level_code, organisation_code, channel_code, after_word, business_date, item_count, usual_count, is_high,
    CASE
      WHEN lag(business_date) OVER (PARTITION BY level_code, organisation_code, channel_code, after_word ORDER BY business_date)
        = CAST(business_date - 1 AS DATE) THEN 0
      ELSE 1
    END AS is_start
  FROM abnormal
),
runs AS (
  SELECT
    level_code, organisation_code, channel_code, after_word, business_date, item_count, usual_count, is_high,
    CAST(sum(is_start) OVER (
      PARTITION BY level_code, organisation_code, channel_code, after_word ORDER BY business_date
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS run_number
  FROM starts
),
found AS (
  SELECT
    level_code, organisation_code, channel_code, after_word, run_number, min(business_date) AS first_on, max(business_date) AS last_on,
    CAST(sum(item_count) AS BIGINT) AS item_count, CAST(sum(usual_count) AS DECIMAL(18,2)) AS usual_count, count(*) AS day_count,
    max(is_high) AS is_high
  FROM runs
  GROUP BY level_code, organisation_code, channel_code, after_word, run_number
)
SELECT
  concat(f.level_code, ':', f.organisation_code, ':', f.channel_code) AS subject_key,
  f.first_on AS period_on,
  CASE WHEN f.is_high = 1 THEN 'high' ELSE 'medium' END AS severity_code,
  f.organisation_code,
  CAST(NULL AS DECIMAL(18,2)) AS at_stake_amount,
  f.channel_code AS before_word,
  f.item_count,
  CAST(round(f.usual_count) AS BIGINT) AS usual_count,
  {div_half_up("f.item_count - f.usual_count", "f.usual_count", 4, denominator_scale=2)} AS measured_rate,
  f.day_count,
  f.after_word
FROM found AS f
{limit("w", "window_days", "f.organisation_code", "$reporting_date")}
WHERE date_diff('day', f.last_on, $reporting_date) < w.threshold_value
""",
)
