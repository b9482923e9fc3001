"""Tables of users, role grants and tokens."""
