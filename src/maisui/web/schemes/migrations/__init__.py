"""Migrations of the tables of schemes."""
