"""The page of forecasts: what is expected of the coming months, how far off it has been, and what if it were otherwise."""
