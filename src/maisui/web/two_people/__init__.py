"""What one person proposes and another decides: how far it is, who may decide it, and how what was approved is laid out."""
