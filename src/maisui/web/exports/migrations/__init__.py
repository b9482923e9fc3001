"""How the tables of exports came to be, step by step."""
