"""Accreditation: the signed agreement, who let whom in and why, appeals, and the certificate.

Owns the words agreement, accreditation, standing, level, scope, appeal and certificate. Whether somebody passed the exam is
told to this room; it decides what follows.
"""
