"""The page of a union: the jurisdiction as a whole and its banks side by side."""
