"""The customer look-up: a list at home in an organisation, and one customer."""
