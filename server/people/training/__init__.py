"""Learning: what was read, what was practised, and what is worth asking again. Lessons are content (`server/courses`)."""
