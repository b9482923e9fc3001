"""How far targets are reached."""
