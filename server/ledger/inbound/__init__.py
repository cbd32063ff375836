"""Mail that comes back: what it is, what it says, and what a person has still to look at. Words: bounce, automatic reply, reply."""
