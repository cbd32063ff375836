"""Signing in, joining, the profile, and pairing a device."""
