"""What people keep for themselves and each other: saved views of pages, and why a difference to a report is accepted."""
