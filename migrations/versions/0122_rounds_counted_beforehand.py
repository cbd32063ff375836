"""what rounds with many reports came to is counted beforehand

Revision: 0122
Follows: 0121
"""

import sqlalchemy as sa
from alembic import op

revision = "0122"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "round_counts",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_round_counts_round_id_rounds"),
        sa.PrimaryKeyConstraint("round_id", name="pk_round_counts"),
    )


def downgrade():
    op.drop_table("round_counts")
