"""Performance: tellers, customer managers and branches by seven items, one person, and whose each result is."""
