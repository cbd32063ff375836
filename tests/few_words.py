"""A lexicon of few words, for processes that are started to be killed: making all of it ready takes most of their time."""

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

FEW = 500  # terms, and names


def leave_few_words(database_url: str) -> None:
    """Let processes that start from now on look for few words. The lexicon keeps its version: none takes it in again."""
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.connect() as connection:
        few = not connection.scalar(text("SELECT id FROM terms ORDER BY id LIMIT 1 OFFSET :few"), {"few": FEW})
    if not few:  # once: later a worker that was stopped may hold the database
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM terms WHERE id > :few"), {"few": FEW})
            connection.execute(text("UPDATE taxon_names SET matched = :no WHERE id > :few"), {"few": FEW, "no": False})
