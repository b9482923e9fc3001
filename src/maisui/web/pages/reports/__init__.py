"""The page of reports: the monthly operating report, its schedule, and the bank's own templates filled."""
