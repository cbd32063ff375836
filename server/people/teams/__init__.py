"""Teams: the people who have an account for the same company.

Owns the words manager and member, the invitation of a colleague, and what happened in a team. The accounts themselves are
those of `accounts`.
"""
