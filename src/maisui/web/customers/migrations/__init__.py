"""Changes to the table of reveals, in order."""
