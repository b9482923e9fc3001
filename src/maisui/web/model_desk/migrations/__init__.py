"""How the table of proposed models came to be."""
