"""Merchants: what they take in, what that earns, and which have fallen silent."""
