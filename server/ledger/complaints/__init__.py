"""Complaints: what somebody a report is about objects to, until a second person has answered it. Its clock runs 14 days."""
