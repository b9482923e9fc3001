"""Which trained model is in use, as people decide it: who proposed and approved which one, from which day."""
