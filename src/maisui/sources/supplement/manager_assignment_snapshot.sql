SELECT
  delivered_on AS reported_on,
  CASE WHEN object_kind IN ('账户', 'account') THEN 'account' WHEN object_kind IN ('客户', 'customer') THEN 'customer' ELSE 'village' END
    AS object_kind,
  object_number,
  employee_number,
  CASE WHEN business_line IN ('存款', 'deposit') THEN 'deposit' WHEN business_line IN ('贷款', 'loan') THEN 'loan' ELSE 'all' END
    AS business_line,
  CAST(share_percent * CAST('0.01' AS DECIMAL(3,2)) AS DECIMAL(12,6)) AS result_share,
  valid_from,
  CASE WHEN valid_until < DATE '9999-01-01' THEN valid_until END AS valid_until,
  source_file_id,
  source_line
FROM supplement_manager_assignment
