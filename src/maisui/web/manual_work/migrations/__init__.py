"""Migrations of the table of manual work."""
