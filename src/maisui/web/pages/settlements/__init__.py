"""Settlements: months and quarters as they were paid, and what each person was paid for."""
