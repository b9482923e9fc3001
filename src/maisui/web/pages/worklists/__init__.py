"""The page of worklists."""
