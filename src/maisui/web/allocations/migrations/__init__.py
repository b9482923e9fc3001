"""How the tables of the allocation desk came to be."""
