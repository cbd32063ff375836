"""an index holds all that a company's search reads; what it looks in has at most 2,000 bytes

Revision: 0123
Follows: 0122
"""

import sqlalchemy as sa
from alembic import op

revision = "0123"
down_revision = "0122"
branch_labels = None
depends_on = None

MOST = 2_000  # bytes: an entry of an index has 2,704 at most on PostgreSQL
MOST_OF_ADDRESS = 1_000


def upgrade():
    connection = op.get_bind()
    size = "octet_length(searched)" if connection.dialect.name == "postgresql" else "length(CAST(searched AS BLOB))"
    long = connection.execute(sa.text(f"SELECT id, searched FROM notices WHERE {size} > {MOST}")).all()
    for notice_id, searched in long:
        number, address, *words = searched.split("\n")
        cut = _fitting("\n".join([number, _fitting(address, MOST_OF_ADDRESS), *words]), MOST)
        connection.execute(sa.text("UPDATE notices SET searched = :cut WHERE id = :id"), {"cut": cut, "id": notice_id})
    op.drop_index("ix_notices_inbox", "notices")
    op.create_index(
        "ix_notices_inbox",
        "notices",
        ["company_id", "answer_by", "id", "withdrawn_at", "replaced_at", "answer", "searched"],
    )


def _fitting(words, most):
    return words.encode()[:most].decode(errors="ignore")


def downgrade():
    op.drop_index("ix_notices_inbox", "notices")
    op.create_index("ix_notices_inbox", "notices", ["company_id", "answer_by", "id"])
