"""`flask …`, a file a noun, and the worker's command. A face."""
