"""A programme of volunteers over many rounds, day by day: through the pages, the API, the worker and a real mail server."""
