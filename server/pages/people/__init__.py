"""Spotters as coordinators see them: the list, one person, the desk, invitations."""
