"""What executes steps: the embedded engine and the distributed one, behind one protocol."""
