"""The audit log: who looked at what, and whether the record is as it was written."""
