"""Monitoring: whether a listing is really gone. A check asks; its results are what people, or the server, saw."""
