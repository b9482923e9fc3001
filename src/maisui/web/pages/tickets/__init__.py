"""The page of correction tickets: the inbox of the data department, and everybody's own."""
