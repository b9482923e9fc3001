"""What happens at sign-in goes to the audit log."""
