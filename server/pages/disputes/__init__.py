"""Pages of disputes: what must be sent and by when, and one dispute with what comes next."""
