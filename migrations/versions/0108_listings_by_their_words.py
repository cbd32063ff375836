"""on PostgreSQL the desk's search finds listings by an index of their trigrams, where the extension pg_trgm is available

Revision: 0108
Follows: 0107

The extension comes with PostgreSQL, and the owner of a database may enable it. Where it is missing, the search reads all
listings as before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None


def upgrade():
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:
        return
    words = ["title", "url", "number"]
    op.create_index(
        "ix_listings_words",
        "listings",
        words,
        postgresql_using="gin",
        postgresql_ops=dict.fromkeys(words, "gin_trgm_ops"),
    )


def downgrade():
    op.drop_index("ix_listings_words", "listings", if_exists=True)
