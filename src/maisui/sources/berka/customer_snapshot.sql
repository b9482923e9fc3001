SELECT
  delivered_on AS reported_on,
  client_id AS customer_number,
  'personal' AS customer_kind,
  district_id AS organisation_code,
  CASE WHEN CAST(substr(birth_number, 3, 2) AS BIGINT) > 50 THEN 'female' ELSE 'male' END AS sex,
  CAST(strptime(
    concat(
      '19',
      substr(birth_number, 1, 2),
      CASE
        WHEN CAST(substr(birth_number, 3, 2) AS BIGINT) > 50
          THEN lpad(CAST(CAST(substr(birth_number, 3, 2) AS BIGINT) - 50 AS VARCHAR), 2, '0')
        ELSE substr(birth_number, 3, 2)
      END,
      substr(birth_number, 5, 2)
    ),
    '%Y%m%d'
  ) AS DATE) AS born_on,
  source_file_id,
  source_line
FROM berka_client
