"""Mail that came back, and where it belongs."""
