"""Tables and triggers of the audit log."""
