"""Systems that deliver files: one folder each, holding a contract and the tables it implements."""
