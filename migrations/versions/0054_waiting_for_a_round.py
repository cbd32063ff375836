"""since when somebody takes part in a round: a trainee signs up, and is let in once accredited

Revision: 0054
Follows: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("memberships", sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE memberships SET admitted_at = joined_at")


def downgrade():
    op.execute("DELETE FROM memberships WHERE admitted_at IS NULL")
    op.drop_column("memberships", "admitted_at")
