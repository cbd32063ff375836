"""Returned mail, and where it belongs."""
