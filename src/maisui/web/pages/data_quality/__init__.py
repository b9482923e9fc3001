"""Data quality: what do the data lack, and where?"""
