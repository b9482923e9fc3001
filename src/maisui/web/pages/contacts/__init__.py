"""Contacts with all customers in sight, as one list with filters."""
