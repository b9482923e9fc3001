"""The audit log: who looked at what and who changed what; append-only, each record sealed to the one before it."""
