"""The exam, and what the desk learns from its questions."""
