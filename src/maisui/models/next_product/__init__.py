"""The next product: which product groups a customer does not hold that people like him take up, may be offered to him, and pay."""
