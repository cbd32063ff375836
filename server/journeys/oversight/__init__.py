"""What people see and do of the machine itself: the audit trail, proof, lists that leave, past work, operations."""
