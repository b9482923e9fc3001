SELECT
  loan_number,
  receipt_number,
  instalment_number,
  received_on,
  principal_amount,
  interest_amount,
  source_file_id,
  source_line
FROM supplement_repayment_receipt
