"""Users and roles: who may sign in, what he holds, and what needs a review."""
