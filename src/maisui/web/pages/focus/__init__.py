"""Key focus: the cases of all rules, one of them with its evidence and steps, and how good the rules are."""
