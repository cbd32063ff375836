"""The desk's page of alarms."""
