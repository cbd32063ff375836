"""Reports: one spotter's statement about one listing, its evidence, and what the spotter hears of it."""
