"""Pages that belong to no noun: the front page, privacy, the extension, health."""
