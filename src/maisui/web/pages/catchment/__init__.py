"""Catchment: whom each outlet draws, and how outlets overlap."""
