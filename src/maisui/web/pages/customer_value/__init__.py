"""The page of customer value: tenths by contribution, who is expected to bring most, and what is kept elsewhere."""
