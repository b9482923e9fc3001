"""What runs through which channel, when and for whom."""
