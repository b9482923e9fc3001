"""The web: pages, API and what people decide; it reaches figures only through `gateway`."""
