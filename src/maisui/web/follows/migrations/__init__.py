"""How the table of whom people follow came to be."""
