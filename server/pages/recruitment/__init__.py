"""Applying to join, and the waiting list."""
