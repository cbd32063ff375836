"""The desk's page of what orders the queue."""
