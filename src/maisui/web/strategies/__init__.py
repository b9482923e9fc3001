"""How customers are to be served: strategies by tier, life stage and label, changed by two people, and what became of them."""
