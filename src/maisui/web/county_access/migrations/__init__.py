"""Migrations of grants to look into a county."""
