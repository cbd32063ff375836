"""Alarms: many new accounts against one seller at once. An alarm lowers a priority; it never stops a report or a decision."""
