"""The page of households, company groups, villages and suggested circles."""
