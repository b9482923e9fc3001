"""The page of what customers ask for: 需求与投诉."""
