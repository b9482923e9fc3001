"""Whom people follow: customers and groups whose events reach their day."""
