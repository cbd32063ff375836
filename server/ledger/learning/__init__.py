"""Learning: what this programme's own decisions, and what came of them, teach about ads. A model only orders the queue."""
