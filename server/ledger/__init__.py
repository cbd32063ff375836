"""The wing of what was seen and what became of it: reports, listings, species, cases, companies, notices, delivery, monitoring."""
