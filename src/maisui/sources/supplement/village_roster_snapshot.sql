SELECT
  delivered_on AS reported_on,
  village_code,
  village_name,
  grid_code,
  household_number,
  member_line,
  member_name,
  certificate_number,
  customer_number,
  is_head = '是' AS is_head,
  kin_to_head,
  manager_number,
  source_file_id,
  source_line
FROM supplement_village_roster
