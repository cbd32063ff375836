"""Learning: what was read, what was practised, and when it is asked again. Lessons are content (`server/people/courses`)."""
