"""What each organisation was and when: consecutive reports compared; one that is no longer reported is closed.

The day of closing is the profile's, where it lies after the last report that showed the organisation open and after its last
change. Without one it is the first day on which an account that was kept there is posted under another organisation and after
which none is posted under this one or reported there, provided that two accounts are (its only one, where it kept one) and both
at the organisation to which most of them go: one that moves by itself closes no quiet outlet, neither alone nor before a
merger. An account whose last posting before stood under another organisation (a mapping that gives today's outlet) says
nothing. Without such postings it is the day of the report that shows it closed.
"""

from maisui.steps.step import Step
from maisui.tables.organisation_period import ORGANISATION_PERIOD

TRACE_ORGANISATION_PERIODS = Step(
    name="trace_organisation_periods",
    writes=ORGANISATION_PERIOD,
    reads=("organisation_snapshot", "outlet_profile_snapshot", "organisation", "account_snapshot", "account_transaction"),
    query="""
WITH marks AS (
  SELECT DISTINCT reported_on AS day, reported_on AS organisation_on FROM organisation_snapshot WHERE reported_on <= $reporting_date
  UNION ALL
  SELECT DISTINCT reported_on AS day, CAST(NULL AS DATE) AS organisation_on
  FROM outlet_profile_snapshot
  WHERE reported_on <= $reporting_date
),
days AS (
  SELECT day, max(organisation_on) AS organisation_on FROM marks GROUP BY day
),
as_of AS (
  SELECT
    day, max(organisation_on) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS organisation_on
  FROM days
),
seen AS (
  SELECT organisation_code, reported_on AS day, reported_on AS organisation_on, CAST(NULL AS DATE) AS profile_on
  FROM organisation_snapshot
  UNION ALL
  SELECT organisation_code, reported_on AS day, CAST(NULL AS DATE) AS organisation_on, reported_on AS profile_on
  FROM outlet_profile_snapshot
),
known AS (
  SELECT organisation_code, min(reported_on) AS first_on FROM organisation_snapshot GROUP BY organisation_code
),
spine AS (
  SELECT k.organisation_code, k.first_on, a.day, a.organisation_on AS last_report_on
  FROM known AS k
  INNER JOIN as_of AS a ON a.day >= k.first_on
),
carried AS (
  SELECT
    s.organisation_code, s.first_on, s.day, s.last_report_on,
    max(e.organisation_on) AS organisation_on, max(e.profile_on) AS profile_on
  FROM spine AS s
  INNER JOIN seen AS e ON e.organisation_code = s.organisation_code AND e.day <= s.day
  GROUP BY s.organisation_code, s.first_on, s.day, s.last_report_on
),
states AS (
  SELECT
    c.organisation_code, c.day, c.first_on, s.opened_on, s.organisation_name, s.organisation_kind,
    u.organisation_code AS parent_code, p.grade_code, p.closed_on,
    s.is_open AND c.organisation_on = c.last_report_on AS is_open, c.organisation_on
  FROM carried AS c
  INNER JOIN organisation_snapshot AS s ON s.organisation_code = c.organisation_code AND s.reported_on = c.organisation_on
  LEFT JOIN known AS u ON u.organisation_code = s.parent_code
  LEFT JOIN outlet_profile_snapshot AS p ON p.organisation_code = c.organisation_code AND p.reported_on = c.profile_on
),
compared AS (
  SELECT
    organisation_code, day, first_on, opened_on, organisation_name, organisation_kind, parent_code, grade_code, closed_on, is_open,
    lag(organisation_on) OVER (PARTITION BY organisation_code ORDER BY day) AS report_before,
    lag(is_open) OVER (PARTITION BY organisation_code ORDER BY day) AS was_open,
    concat_ws(
      '|', coalesce(organisation_name, ''), organisation_kind, coalesce(parent_code, ''), coalesce(grade_code, ''),
      CASE WHEN is_open THEN 'open' ELSE 'closed' END
    ) AS state,
    lag(concat_ws(
      '|', coalesce(organisation_name, ''), organisation_kind, coalesce(parent_code, ''), coalesce(grade_code, ''),
      CASE WHEN is_open THEN 'open' ELSE 'closed' END
    )) OVER (PARTITION BY organisation_code ORDER BY day) AS state_before
  FROM states
),
changes AS (
  SELECT
    organisation_code, day, first_on, opened_on, organisation_name, organisation_kind, parent_code, grade_code, closed_on, is_open,
    was_open, greatest(report_before, lag(day) OVER (PARTITION BY organisation_code ORDER BY day)) AS last_open_on
  FROM compared
  WHERE state_before IS NULL OR state_before <> state
),
undated AS (
  SELECT organisation_code, last_open_on, day
  FROM changes
  WHERE was_open AND NOT is_open AND NOT coalesce(closed_on > last_open_on AND closed_on <= day, false)
),
last_accounts AS (
  SELECT u.organisation_code, u.last_open_on, u.day, max(s.reported_on) AS reported_on
  FROM undated AS u
  INNER JOIN account_snapshot AS s ON s.organisation_code = u.organisation_code AND s.reported_on <= u.last_open_on
  GROUP BY u.organisation_code, u.last_open_on, u.day
),
kept AS (
  SELECT u.organisation_code, u.day, t.posted_on AS kept_on
  FROM undated AS u
  INNER JOIN account_transaction AS t
    ON t.holding_organisation_code = u.organisation_code AND t.posted_on > u.last_open_on AND t.posted_on <= u.day
  UNION ALL
  SELECT u.organisation_code, u.day, s.reported_on AS kept_on
  FROM undated AS u
  INNER JOIN account_snapshot AS s
    ON s.organisation_code = u.organisation_code AND s.reported_on > u.last_open_on AND s.reported_on < u.day
    AND s.closed_on IS NULL
),
last_kept AS (
  SELECT organisation_code, day, max(kept_on) AS last_kept_on FROM kept GROUP BY organisation_code, day
),
leaving AS (
  SELECT
    l.organisation_code, l.day, s.account_number,
    max(CASE WHEN t.posted_on <= l.last_open_on AND t.holding_organisation_code = l.organisation_code THEN t.posted_on END) AS here_before,
    max(CASE WHEN t.posted_on <= l.last_open_on AND t.holding_organisation_code <> l.organisation_code THEN t.posted_on END) AS away_before,
    min(CASE
      WHEN t.posted_on > coalesce(k.last_kept_on, l.last_open_on) AND t.holding_organisation_code <> l.organisation_code THEN t.posted_on
    END) AS left_on
  FROM last_accounts AS l
  INNER JOIN account_snapshot AS s ON s.organisation_code = l.organisation_code AND s.reported_on = l.reported_on
  LEFT JOIN last_kept AS k ON k.organisation_code = l.organisation_code AND k.day = l.day
  LEFT JOIN account_transaction AS t ON t.account_number = s.account_number AND t.currency = s.currency AND t.posted_on <= l.day
  GROUP BY l.organisation_code, l.day, s.account_number
),
told AS (
  SELECT
    organisation_code, day, account_number,
    CASE WHEN away_before IS NULL OR away_before <= here_before THEN left_on END AS left_on
  FROM leaving
),
left_to AS (
  SELECT o.organisation_code, o.day, o.account_number, o.left_on, min(t.holding_organisation_code) AS successor_code
  FROM told AS o
  INNER JOIN account_transaction AS t
    ON t.account_number = o.account_number AND t.posted_on = o.left_on AND t.holding_organisation_code <> o.organisation_code
  GROUP BY o.organisation_code, o.day, o.account_number, o.left_on
),
by_successor AS (
  SELECT organisation_code, day, successor_code, count(*) AS account_count, min(left_on) AS handed_on
  FROM left_to
  GROUP BY organisation_code, day, successor_code
),
kept_accounts AS (
  SELECT organisation_code, day, count(*) AS account_count FROM told GROUP BY organisation_code, day
),
handed_over AS (
  SELECT b.organisation_code, b.day, b.handed_on
  FROM by_successor AS b
  INNER JOIN kept_accounts AS k ON k.organisation_code = b.organisation_code AND k.day = b.day
  WHERE b.account_count >= least(2, k.account_count)
  QUALIFY row_number() OVER (
    PARTITION BY b.organisation_code, b.day ORDER BY b.account_count DESC, b.handed_on, b.successor_code
  ) = 1
),
periods AS (
  SELECT
    c.organisation_code, c.organisation_name, c.organisation_kind, c.parent_code, c.grade_code, c.is_open,
    CASE
      WHEN c.was_open IS NULL THEN least(coalesce(c.opened_on, c.first_on), c.first_on)
      WHEN c.was_open AND NOT c.is_open AND c.closed_on > c.last_open_on AND c.closed_on <= c.day THEN c.closed_on
      ELSE coalesce(h.handed_on, c.day)
    END AS valid_from
  FROM changes AS c
  LEFT JOIN handed_over AS h ON h.organisation_code = c.organisation_code AND h.day = c.day
  UNION ALL
  SELECT
    o.organisation_code, o.organisation_name, o.organisation_kind, CAST(NULL AS VARCHAR) AS parent_code,
    CAST(NULL AS VARCHAR) AS grade_code, true AS is_open, o.first_reported_on AS valid_from
  FROM organisation AS o
  LEFT JOIN known AS k ON k.organisation_code = o.organisation_code
  WHERE k.organisation_code IS NULL
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  valid_from,
  lead(valid_from) OVER (PARTITION BY organisation_code ORDER BY valid_from) AS valid_until,
  organisation_name,
  organisation_kind,
  parent_code,
  grade_code,
  is_open
FROM periods
""",
    covers="""
SELECT organisation_code FROM organisation
""",
)
