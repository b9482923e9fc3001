SELECT
  journal_number,
  handled_on,
  handled_time,
  organisation_code,
  transaction_code,
  transaction_title,
  teller_number,
  checker_number,
  authoriser_number,
  journal_amount,
  transaction_number,
  source_file_id,
  source_line
FROM supplement_teller_journal
