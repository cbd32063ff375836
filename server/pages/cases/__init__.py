"""The coordinator's queue and the case page."""
