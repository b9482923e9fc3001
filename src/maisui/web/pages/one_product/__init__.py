"""The page of one product: its life, structure, use, income, cost, risk, customers, sellers and share in the bank's goals."""
