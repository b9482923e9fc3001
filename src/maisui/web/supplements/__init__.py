"""Uploads of supplement feeds and what was decided about them."""
