SELECT account_number, currency, held_on, end_balance AS balance, source_file_id, source_line
FROM supplement_daily_balance
