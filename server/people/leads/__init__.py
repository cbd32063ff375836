"""Leads: what their spotters ask them, and what they say of these spotters' reports on probation.

Its words: team (of a lead: the spotters whose named contact they are), question (of a spotter to their lead), confirmation (what
a lead says of one report: a voice of review, never a decision and never a report).
"""
