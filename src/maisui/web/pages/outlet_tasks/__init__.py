"""Tasks for outlets that came of signals: the list, one of them, and the form by which a signal becomes one."""
