"""The page of churn: who is likely to leave with how much, why, and how far that may be trusted."""
