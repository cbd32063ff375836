"""Notices: what a company is told, and what it answers.

A notice is composed once and never changed; messages carry it (`delivery`); of its answers the newest counts and the
earlier ones stay.
"""
