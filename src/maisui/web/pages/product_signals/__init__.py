"""The page of signals: which products to give up or push, which customers need a new one, and where to launch what there is."""
