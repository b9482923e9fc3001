"""The page of numbers that may be one person: what speaks for and against, and what people decide."""
