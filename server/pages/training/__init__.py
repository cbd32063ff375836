"""Modules, lessons and practice."""
