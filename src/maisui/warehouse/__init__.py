"""Where versions live: built aside, verified, published by one rename, kept, rolled back, read without waiting."""
