"""Invitations: whom we asked, on a site that no company of the directory runs, to receive our notices, and what came of it."""
