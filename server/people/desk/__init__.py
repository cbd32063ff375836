"""The desk of one person: what a coordinator keeps for their own work. Owns the words saved filter and snippet."""
