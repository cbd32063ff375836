"""The practice lane, and how a spotter is doing."""
