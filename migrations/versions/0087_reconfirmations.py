"""SPOCs are asked once a quarter whether they are still the right contact

Revision: 0087
Follows: 0086
"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def _check(name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_reconfirmations_{name}"))


def upgrade():
    time = sa.DateTime(timezone=True)
    op.create_table(
        "reconfirmations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("spoc_id", sa.String(32), nullable=False),
        sa.Column("quarter", sa.String(6), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("first_asked_at", time, nullable=False),
        sa.Column("asked_at", time, nullable=False),
        sa.Column("answer", sa.String(32), nullable=True),
        sa.Column("answered_at", time, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("settled_at", time, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconfirmations")),
        sa.ForeignKeyConstraint(["spoc_id"], ["spocs.id"], name=op.f("fk_reconfirmations_spoc_id_spocs")),
        sa.UniqueConstraint("spoc_id", "quarter", name="uq_reconfirmations_quarter"),
        _check("asks", "asks BETWEEN 1 AND 2"),
        _check("answer", "answer IN ('right', 'other')"),
        _check("answered", "(answer IS NULL) = (answered_at IS NULL)"),
        _check("note", "note IS NULL OR answer = 'other'"),
    )
    op.create_index(op.f("ix_reconfirmations_first_asked_at"), "reconfirmations", ["first_asked_at"])


def downgrade():
    """An older version asks nobody."""
    op.execute("DELETE FROM work WHERE kind = 'mail_still_right' AND done_at IS NULL")
    op.drop_table("reconfirmations")
