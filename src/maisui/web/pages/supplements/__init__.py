"""The page of supplements."""
