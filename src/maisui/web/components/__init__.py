"""What every page is made of: the shell, its parts, and how figures are written."""
