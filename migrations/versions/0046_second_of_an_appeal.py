"""whom somebody asked elsewhere about an appeal, where nobody else could decide it

Revision: 0046
Follows: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("appeals", sa.Column("second", sa.String(200), nullable=True))


def downgrade():
    op.drop_column("appeals", "second")
