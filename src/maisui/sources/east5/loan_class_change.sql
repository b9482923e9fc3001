SELECT
  XDJJH AS loan_number,
  XDHTH AS contract_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  coalesce(TZRQ, delivered_on) AS changed_on,
  CASE YWJFL
    WHEN '正常' THEN 'pass'
    WHEN '关注' THEN 'special_mention'
    WHEN '次级' THEN 'substandard'
    WHEN '可疑' THEN 'doubtful'
    WHEN '损失' THEN 'loss'
    ELSE 'unclassified'
  END AS previous_class,
  CASE XWJFL
    WHEN '正常' THEN 'pass'
    WHEN '关注' THEN 'special_mention'
    WHEN '次级' THEN 'substandard'
    WHEN '可疑' THEN 'doubtful'
    WHEN '损失' THEN 'loss'
    ELSE 'unclassified'
  END AS loan_class,
  BDYY AS change_reason,
  BDFS AS change_method,
  JBGYH AS officer_number,
  source_file_id,
  source_line
FROM east5_dkwjxtbdb
