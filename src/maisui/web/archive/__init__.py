"""What people keep for themselves and each other: saved views of pages."""
