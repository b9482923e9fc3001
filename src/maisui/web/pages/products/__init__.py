"""The pages of products: the catalogue, one product, what is held together, chances, and what if."""
