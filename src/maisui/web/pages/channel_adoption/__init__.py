"""Adoption: how customers take electronic channels up, cohort by cohort, and who uses each channel lately."""
