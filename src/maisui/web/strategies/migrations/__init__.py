"""How the table of strategies came to be."""
