"""Pages of leads, and of the questions that spotters ask them."""
