"""Correction tickets: what is wrong in a customer's data, told to the owner of its source; the data themselves are never changed here."""
