"""How long customers wait at outlets, hour by hour and month by month, and how many leave before they are called."""

from maisui.steps.step import Step
from maisui.tables.queue_hour_month import QUEUE_HOUR_MONTH


def _seconds(column: str) -> str:
    """Return the second of the day that a time hhmmss names."""
    parts = ((1, 3600), (3, 60), (5, 1))
    return " + ".join(f"CAST(substr({column}, {place}, 2) AS BIGINT) * {weight}" for place, weight in parts)


QUEUE_HOUR_MONTH_MART = Step(
    name="fill_queue_hour_month",
    writes=QUEUE_HOUR_MONTH,
    reads=("queue_ticket", "calendar_day"),
    query=f"""
WITH days AS (
  SELECT month_start, max(business_date) AS last_on FROM calendar_day GROUP BY month_start
),
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
tickets AS (
  SELECT
    q.organisation_code, substr(q.taken_time, 1, 2) AS hour_code, d.last_on AS business_date, q.taken_on,
    q.called_time IS NOT NULL AS is_called,
    CASE
      WHEN q.called_time >= q.taken_time THEN {_seconds("q.called_time")} - ({_seconds("q.taken_time")}) ELSE 0
    END AS wait_seconds
  FROM queue_ticket AS q
  INNER JOIN bounds AS b ON q.taken_on >= b.first_day
  INNER JOIN days AS d ON d.month_start = CAST(date_trunc('month', q.taken_on) AS DATE)
  WHERE q.taken_on <= $reporting_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  hour_code,
  business_date,
  count(DISTINCT taken_on) AS queue_day_count,
  count(*) AS ticket_count,
  CAST(sum(CASE WHEN is_called THEN 1 ELSE 0 END) AS BIGINT) AS called_count,
  CAST(sum(CASE WHEN is_called THEN 0 ELSE 1 END) AS BIGINT) AS left_count,
  CAST(sum(wait_seconds) AS BIGINT) AS wait_second_count
FROM tickets
GROUP BY organisation_code, hour_code, business_date
""",
)
