"""The page of segments: which there are, how they differ, how they moved, and each of them as a customer group."""
