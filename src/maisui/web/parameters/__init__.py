"""Parameter changes as people decide them: who proposed and approved what, and what it would have changed."""
