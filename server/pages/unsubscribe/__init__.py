"""Turning mails off from a mail, without signing in."""
