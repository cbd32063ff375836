"""Skill: how well a spotter judges listings, by species group, from practice on known listings and from what became of
their reports. Owns the known listings of the practice lane and the answers to them; says who may go up a level and who
must step down, and never shows one spotter to another.
"""
