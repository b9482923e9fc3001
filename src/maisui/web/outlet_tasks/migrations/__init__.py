"""How the tables of what customers ask for came to be."""
