"""The wing of who takes part: accounts, teams, recruitment, courses, training, exams, accreditation, skill,
rounds, desk (what a coordinator keeps for their own work).
"""
