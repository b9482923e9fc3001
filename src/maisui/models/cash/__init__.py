"""The cash that outlets and their machines need day by day: how it is told, and what is kept of it beside a version."""
