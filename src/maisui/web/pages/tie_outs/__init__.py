"""Tie-outs: does everything add up to the ledger today, and if not, where?"""
