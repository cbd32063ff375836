"""the language in which somebody applied

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("applications", sa.Column("language", sa.String(length=8), nullable=True))


def downgrade():
    op.drop_column("applications", "language")
