"""The page of next products: what may be offered to whom, for how many yuan a year, why, and how far that may be trusted."""
