"""Pages that belong to no noun: the front page, privacy, complaints, the extension, health."""
