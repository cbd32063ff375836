"""Rounds: weeks in which spotters search together; their teams, who takes part, the worklist and what was searched.

Its words: round, team, membership, search (one person looked one term up on one platform), worklist (a week's searches).
"""
