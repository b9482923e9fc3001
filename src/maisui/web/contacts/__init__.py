"""What people write of customers: facts no system knows, contacts, tasks; each with author, days and history."""
