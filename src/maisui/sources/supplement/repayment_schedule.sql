SELECT
  loan_number,
  instalment_number,
  due_on,
  due_principal_amount,
  due_interest_amount,
  source_file_id,
  source_line
FROM supplement_repayment_schedule
