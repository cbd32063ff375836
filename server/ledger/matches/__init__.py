"""Matches: what makes an ad recognised under another address, and the links between cases that follow. A link never merges."""
