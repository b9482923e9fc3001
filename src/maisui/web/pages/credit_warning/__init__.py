"""The page of credit early warning: who is not likely to pay, why, how early that was known before, and what becomes of classes."""
