"""Customers for people: who sees whom, masked, recorded before shown, and unmasked for a stated reason and a short time."""
