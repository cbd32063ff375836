"""applications; with whom an account joined, its languages, reminders and erasure

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("cohort", sa.String(length=60)),
    ("languages", sa.JSON()),
    ("reminded_at", sa.DateTime(timezone=True)),
    ("erased_at", sa.DateTime(timezone=True)),
)


def upgrade():
    op.create_table(
        "applications",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=1500), nullable=False),
        sa.Column("heard", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_applications_hours")),
        sa.CheckConstraint("state IN ('waiting', 'declined')", name=op.f("ck_applications_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    op.create_index("ix_applications_erase_at", "applications", ["erase_at"])
    one_waits = sa.text("state = 'waiting'")
    op.create_index(
        "uq_applications_waiting",
        "applications",
        ["email"],
        unique=True,
        sqlite_where=one_waits,
        postgresql_where=one_waits,
    )
    # Not in batch mode: that rebuilds a table on SQLite, and forgets its CHECKs.
    for name, kind in COLUMNS:
        op.add_column("accounts", sa.Column(name, kind, nullable=True))


def downgrade():
    for name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE accounts DROP COLUMN {name}")
    op.drop_table("applications")
