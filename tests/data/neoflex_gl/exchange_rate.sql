SELECT
  coalesce(c.CODE_ISO_CHAR, r.CODE_ISO_NUM) AS currency,
  'RUB' AS local_currency,
  r.DATA_ACTUAL_DATE AS valid_from,
  CAST(100 AS DECIMAL(18,2)) AS quoted_amount,
  CAST(
    CAST(CASE WHEN starts_with(r.REDUCED_COURCE, '.') THEN concat('0', r.REDUCED_COURCE) ELSE r.REDUCED_COURCE END AS DECIMAL(14,7))
    * CAST(100 AS DECIMAL(3,0)) AS DECIMAL(12,6)
  ) AS exchange_rate,
  r.source_file_id,
  r.source_line
FROM neoflex_gl_rate AS r
LEFT JOIN neoflex_gl_currency AS c ON c.CURRENCY_RK = r.CURRENCY_RK
WHERE regexp_matches(r.REDUCED_COURCE, '^[0-9]{0,5}([.][0-9]{1,7})?$')
