"""Cash needs: what outlets and machines are to hold, and what is paid out net day by day."""
