"""What people decide about whose results are whose, what they object to, and months that are settled."""
