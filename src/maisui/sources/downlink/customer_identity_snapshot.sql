SELECT
  delivered_on AS reported_on,
  CUST_NO AS customer_number,
  CUST_NAME AS customer_name,
  CERT_TYPE AS certificate_type,
  CERT_NO AS certificate_number,
  MOBILE_NO AS phone_number,
  source_file_id,
  source_line
FROM downlink_s_ecif_cert_info
