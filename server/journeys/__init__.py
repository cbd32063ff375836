"""What changes things in several rooms: one function per use case, one transaction per function."""
