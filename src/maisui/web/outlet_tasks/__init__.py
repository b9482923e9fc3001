"""What outlets are to do about a signal: tasks with a day, who ended them, and what was measured when they were written."""
