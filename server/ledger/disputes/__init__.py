"""Disputes: a company's answer that we contest, by its own complaint system and then before a dispute settlement body."""
