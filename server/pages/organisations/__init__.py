"""Who notifies."""
