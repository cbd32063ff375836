"""the language in which somebody reads pages and mails

Revision: 0011
Follows: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("accounts", sa.Column("language", sa.String(length=8), nullable=True))


def downgrade():
    op.drop_column("accounts", "language")
