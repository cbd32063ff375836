"""Listings: one row for each ad on each platform, recognised by its key, however its address is written."""
