"""Tiers set by hand: proposed by one, approved by another, until a day."""
