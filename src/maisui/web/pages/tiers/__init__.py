"""Tiers set by hand: what waits, what holds until when, and the form for one customer."""
