"""Past work: spreadsheets of earlier years, checked before anything of them is kept."""
