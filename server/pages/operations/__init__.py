"""The operator's pages, for administrators: what waits, what failed, who works, and what is in force."""
