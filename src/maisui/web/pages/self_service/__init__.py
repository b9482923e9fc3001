"""Self-service: an analyst's own table of any metrics by any dimensions they share, from the one door of figures."""
