"""Terminals: whether they are used, whether they pay, and what might be done."""
