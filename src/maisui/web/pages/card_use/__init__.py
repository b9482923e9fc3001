"""Contribution: what accounts leave after the price of money, service, risk, tax and capital, and how that becomes net profit."""
