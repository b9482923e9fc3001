"""How the table of notes on figures came to be."""
