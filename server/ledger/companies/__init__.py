"""Companies: who runs which platform, on which domains, and the SPOC (single point of contact) each can be reached by."""
