"""Whose card met whose machine: at which level, what it earned and what it cost."""
