"""the time zone in which the days of a round are counted; of the rounds that are there UTC, as they were counted until now

Revision: 0051
Follows: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("rounds", sa.Column("zone", sa.String(64), nullable=False, server_default="UTC"))


def downgrade():
    op.drop_column("rounds", "zone")
