"""Recruitment: who asks to become a spotter where places are given by a coordinator.

Owns the words application, screening and waiting list. An application is kept only while it waits: an invitation turns it into
an account, a withdrawal erases it, and so does a decline once it can be undone no longer. Screening questions order the list; they never refuse anybody.
"""
