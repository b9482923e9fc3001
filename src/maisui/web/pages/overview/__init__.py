"""The overview: how are we, and what changed."""
