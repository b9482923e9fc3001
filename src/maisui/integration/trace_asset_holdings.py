"""Who held which agency and wealth products between two reports, by customer number or by certificate with its grade."""

from maisui.steps.local_currency_sql import in_local_currency, rate_from, rate_until, rates_of_interval
from maisui.steps.step import Step
from maisui.tables.asset_holding import ASSET_HOLDING

TRACE_ASSET_HOLDINGS = Step(
    name="trace_asset_holdings",
    writes=ASSET_HOLDING,
    reads=("agency_holding_snapshot", "wealth_holding_snapshot", "certificate_match", "product", "delivery", "local_rate"),
    query=f"""
WITH agency AS (
  SELECT
    'agency' AS origin_kind, h.source_file_id, h.source_line, h.reported_on, h.customer_number, 'number' AS identity_grade,
    h.product_code, h.currency, h.market_amount
  FROM agency_holding_snapshot AS h
),
wealth_by_number AS (
  SELECT count(*) AS row_count
  FROM agency AS a
  INNER JOIN product AS p ON p.product_code = a.product_code AND p.product_line = 'wealth'
),
wealth AS (
  SELECT
    'wealth' AS origin_kind, h.source_file_id, h.source_line, h.reported_on,
    CASE WHEN m.candidate_count = 1 THEN m.customer_number END AS customer_number,
    CASE WHEN m.candidate_count = 1 THEN m.identity_grade ELSE 'unresolved' END AS identity_grade,
    h.product_code, h.currency, h.market_amount
  FROM wealth_holding_snapshot AS h
  CROSS JOIN wealth_by_number AS n
  LEFT JOIN certificate_match AS m ON m.certificate_type = h.certificate_type AND m.certificate_number = h.certificate_number
  WHERE n.row_count = 0
),
every AS (
  SELECT origin_kind, source_file_id, source_line, reported_on, customer_number, identity_grade, product_code, currency, market_amount
  FROM agency
  UNION ALL
  SELECT origin_kind, source_file_id, source_line, reported_on, customer_number, identity_grade, product_code, currency, market_amount
  FROM wealth
),
feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM every)
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
held AS (
  SELECT
    e.origin_kind, concat(e.source_file_id, '/', CAST(e.source_line AS VARCHAR)) AS holding_number,
    coalesce(e.customer_number, 'none') AS customer_number, e.identity_grade, e.product_code,
    coalesce(p.product_group, 'unmapped') AS product_group, coalesce(p.product_line, 'unmapped') AS product_line, e.currency,
    e.reported_on AS valid_from, f.next_on AS valid_until, e.market_amount
  FROM every AS e
  INNER JOIN delivery AS d ON d.source_file_id = e.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = e.reported_on
  LEFT JOIN product AS p ON p.product_code = e.product_code
  WHERE e.market_amount <> 0
)
SELECT
  $legal_entity_code AS legal_entity_code,
  h.origin_kind,
  h.holding_number,
  h.customer_number,
  h.identity_grade,
  h.product_code,
  h.product_group,
  h.product_line,
  h.currency,
  {rate_from("h", "r")} AS valid_from,
  {rate_until("h", "r")} AS valid_until,
  {in_local_currency("h.market_amount", "r")} AS market_amount
FROM held AS h
{rates_of_interval("h", "r")}
""",
)
