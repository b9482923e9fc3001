"""The general ledger: statements, trial balance, averages of all subjects, one subject, margin and ratios."""
