"""Schemes of assessment: who is paid for what, from which day, tried on last month before two people publish it."""
