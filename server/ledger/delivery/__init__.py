"""How a message leaves: what a channel is stands in one file a channel. Words: channel, message, attempt, bounce."""
