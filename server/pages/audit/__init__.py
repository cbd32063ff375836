"""The audit trail's head and its alarm, for administrators."""
