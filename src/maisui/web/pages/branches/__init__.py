"""Branches: what an outlet is, which ones are like it, what it could reach, and what its staff might look like."""
