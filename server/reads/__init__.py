"""Reads that cross rooms, for pages, the API and exports. Nothing here changes anything."""
