"""Past work: what was found in earlier years, imported from spreadsheets, and which listing's case it belongs to."""
