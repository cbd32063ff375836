"""Rounds, the worklist of searches, planning, and the report of a round."""
