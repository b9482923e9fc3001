"""Which merged customer number counts as which person on the last day of each month, the same for every step that counts persons."""

from __future__ import annotations

PERSONS = """persons AS (
  SELECT m.customer_number, d.business_date, m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d ON d.business_date >= m.valid_from AND (m.valid_until IS NULL OR d.business_date < m.valid_until)
)"""
"""A common table: a row for each merged number and each day of `days`, which must stand before it; other numbers are their own."""
