"""Comparison with reports: where a figure of an old report or supervisory return differs from ours, down to accounts."""
