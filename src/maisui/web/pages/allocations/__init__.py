"""The desk of allocation: the unassigned pool, claims, transfers, hand-overs, and who approved them."""
