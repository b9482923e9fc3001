"""Changes of the tables of saved views."""
