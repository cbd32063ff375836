"""My reports, and the form for those without the extension."""
