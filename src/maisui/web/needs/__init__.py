"""What customers ask for: needs, complaints and opportunities, who answers them and how long it took."""
