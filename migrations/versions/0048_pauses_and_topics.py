"""what a spotter leaves out, and until when they pause

Revision: 0048
Follows: 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("spotter_choices", sa.Column("avoids", sa.JSON(), nullable=True))
    op.add_column("spotter_choices", sa.Column("paused_until", sa.Date(), nullable=True))


def downgrade():
    op.drop_column("spotter_choices", "paused_until")
    op.drop_column("spotter_choices", "avoids")
