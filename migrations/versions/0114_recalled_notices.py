"""a notice that went to the wrong company is withdrawn for that reason

Revision: 0114
Follows: 0113
"""

from alembic import op

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None

COUNTED = [
    "created_at", "company_id", "platform_id", "answer", "found", "withdrawn_at", "replaced_at", "decided_at", "removed_at",
    "relisted_at",
]  # fmt: skip


def upgrade():
    check = "withdrawn_why IN ('mistaken', 'wrong_company')"
    op.execute(
        f"ALTER TABLE notices ADD COLUMN withdrawn_why VARCHAR(32) CONSTRAINT ck_notices_withdrawn_why CHECK ({check})"
    )
    op.execute("UPDATE notices SET withdrawn_why = 'mistaken' WHERE withdrawn_at IS NOT NULL")
    op.drop_index("ix_notices_sent", "notices")
    op.create_index("ix_notices_sent", "notices", [*COUNTED, "withdrawn_why", "id"])


def downgrade():
    """Why it was withdrawn has no place in the older table. The case stays as it is."""
    op.drop_index("ix_notices_sent", "notices")
    op.create_index("ix_notices_sent", "notices", [*COUNTED, "id"])
    op.drop_column("notices", "withdrawn_why")
