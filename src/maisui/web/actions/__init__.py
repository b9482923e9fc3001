"""Every write a person decides: one transaction, who did it, and its audit record inside."""
