"""Notes on days of figures: what happened, for which organisation and metric, and who says so."""
