"""Changes of the table of tiers set by hand, in order."""
