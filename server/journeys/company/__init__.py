"""How a company enters the directory; its team, and the tokens of its programs."""
