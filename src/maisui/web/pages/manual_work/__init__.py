"""The page on which manual work is approved and filled in for several people."""
