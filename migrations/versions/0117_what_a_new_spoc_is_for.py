"""a proposed SPOC knows what it is for

Revision: 0117
Follows: 0115
"""

import sqlalchemy as sa
from alembic import op

revision = "0117"
down_revision = "0115"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("address_changes", sa.Column("is_for", sa.JSON()))


def downgrade():
    op.drop_column("address_changes", "is_for")
