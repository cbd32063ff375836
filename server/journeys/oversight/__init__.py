"""What people see of the machine itself: the audit trail's head and its alarm."""
