"""Listings: one row for each ad on each platform, known again by its key, however its address is written."""
