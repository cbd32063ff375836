"""Pages of complaints: what waits by its clock, and the answer by a second person."""
