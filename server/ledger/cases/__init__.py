"""Cases: our work on one listing, fed by many reports: triage, and a coordinator's decision."""
