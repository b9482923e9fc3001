"""Staff: who may sign in, how, and which roles he holds on which day ("account" always means a bank account)."""
