"""Migrations of customer groups."""
