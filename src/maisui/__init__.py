"""Maisui 麦穗: an analytical CRM for rural and community banks."""

__version__ = "0.1.0"
