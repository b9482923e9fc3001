"""Groups of customers that people keep: a rule or a frozen list, each change of it, and with whom it is shared."""
