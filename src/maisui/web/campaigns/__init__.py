"""Campaigns: customers of a group, by chance approached or left alone, and what came of it."""
