"""answers to many notices at once, which can be taken back until they count

Revision: 0086
Follows: 0085
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def _refers(column, table):
    name = op.f(f"fk_pending_answers_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade():
    op.create_table(
        "pending_answers",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("notice_id", sa.String(32), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("batch_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_answers")),
        _refers("notice_id", "notices"),
        _refers("company_id", "companies"),
        _refers("account_id", "accounts"),
        sa.UniqueConstraint("notice_id", name=op.f("uq_pending_answers_notice_id")),
    )
    op.create_index("ix_pending_answers_batch", "pending_answers", ["company_id", "batch_id"])


def downgrade():
    """An older version knows of no answer that waits: it could not be shown, so what waits has to count first."""
    waiting = op.get_bind().execute(sa.text("SELECT count(*) FROM pending_answers")).scalar()
    if waiting:
        raise RuntimeError(f"{waiting} answers do not count yet: run flask worker --once in two minutes, then again.")
    op.drop_table("pending_answers")
