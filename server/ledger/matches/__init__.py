"""Matches: what makes an ad known again under another address, and the links between cases that follow. A link never merges."""
