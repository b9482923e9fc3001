"""Segments found from data: customers who are alike, how stable that is, and how each segment differs from the others."""
