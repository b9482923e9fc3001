"""Counter staffing: peaks and idle hours of the counter against the tellers on duty."""
