"""The page that prices a loan from its whole contribution."""
