SELECT report_name, organisation_code, measured_on, metric_code, account_number, reported_amount, source_file_id, source_line
FROM supplement_reported_detail
