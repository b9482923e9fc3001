"""What is expected: monthly series of the bank's figures, the method that told each best so far, and how far off it has been."""
