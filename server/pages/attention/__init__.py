"""What waits for whom: where a coordinator starts."""
