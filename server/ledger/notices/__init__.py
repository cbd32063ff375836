"""Notices: what leaves for a company, how it is delivered, and what the company answers.

A notice is composed once and never changed; its delivery is tried until it arrives or visibly fails; of its answers the
newest counts and the earlier ones stay.
"""
