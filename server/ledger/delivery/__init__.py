"""How a message is sent: what a channel is stands in one file a channel. Words: channel, message, attempt, bounce."""
