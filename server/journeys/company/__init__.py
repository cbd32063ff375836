"""How a company enters the directory and is reached."""
