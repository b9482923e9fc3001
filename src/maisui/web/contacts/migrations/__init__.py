"""How the tables of what people write of customers came to be."""
