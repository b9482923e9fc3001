"""The page of the three lists: important contribution, potential quality, special attention."""
