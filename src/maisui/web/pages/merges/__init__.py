"""The log of merged customer numbers."""
