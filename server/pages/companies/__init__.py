"""The directory of companies."""
