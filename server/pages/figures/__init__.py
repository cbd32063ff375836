"""Figures: what became of notices, for the desk and for a company."""
