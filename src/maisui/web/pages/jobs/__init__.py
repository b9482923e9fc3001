"""Background jobs, and exports of one's own."""
