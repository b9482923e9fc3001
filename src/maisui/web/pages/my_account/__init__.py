"""My settings: password, second factor, sessions and tokens of one's own."""
