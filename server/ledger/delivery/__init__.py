"""How a message leaves: one file per channel. Words: channel, message, delivery, attempt, bounce."""
