"""My day: what somebody must do today."""
