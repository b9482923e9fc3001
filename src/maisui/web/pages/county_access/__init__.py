"""The page on which a county decides who of the union may look into it."""
