"""Returned mail: what it is, what it says, and what a person still has to look at. Words: bounce, automatic reply, reply."""
