"""a message that a coordinator carried to a form keeps when they say it was sent, and the company's receipt number

Revision: 0119
Follows: 0118
"""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0118"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("messages", sa.Column("stated_at", sa.DateTime(timezone=True)))
    op.add_column("messages", sa.Column("receipt", sa.Text()))


def downgrade():
    op.drop_column("messages", "receipt")
    op.drop_column("messages", "stated_at")
