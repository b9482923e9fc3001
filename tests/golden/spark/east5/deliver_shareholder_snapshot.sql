SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.party_name AS STRING) AS party_name,
  CAST(q.party_type AS STRING) AS party_type,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.relation_type AS STRING) AS relation_type,
  CAST(q.shares_held_share AS DECIMAL(12, 6)) AS shares_held_share,
  CAST(q.shares_pledged_share AS DECIMAL(12, 6)) AS shares_pledged_share,
  CAST(q.invested_on AS DATE) AS invested_on,
  CAST(q.party_status AS STRING) AS party_status,
  CAST(q.is_ended AS BOOLEAN) AS is_ended,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.customer_number,
    m.party_name,
    m.party_type,
    m.certificate_type,
    m.certificate_number,
    m.relation_type,
    m.shares_held_share,
    m.shares_pledged_share,
    m.invested_on,
    m.party_status,
    m.is_ended,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      KHTYBH AS customer_number,
      GDHGLFMC AS party_name,
      GDHGLFLX AS party_type,
      GDHGLFZJLB AS certificate_type,
      GDHGLFZJHM AS certificate_number,
      GXLX AS relation_type,
      CAST(CGBL * 0.01 AS DECIMAL(12, 6)) AS shares_held_share,
      CAST(ZYBL * 0.01 AS DECIMAL(12, 6)) AS shares_pledged_share,
      RGRQ AS invested_on,
      GDHGLFZT AS party_status,
      COALESCE(GDHGLFZT RLIKE '失效|无效|终止|解除|退出|转出|终结|注销|退股', FALSE) AS is_ended,
      source_file_id,
      source_line
    FROM east5_gdjglfxxb
  ) AS m
) AS q
