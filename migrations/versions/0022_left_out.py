"""a decision keeps what of the ad was left out of its notice, and which words were confirmed as the ad's own

Revision: 0022
Follows: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("decisions", sa.Column("left_out", sa.JSON()))
    op.add_column("decisions", sa.Column("ad_words", sa.JSON()))


def downgrade():
    with op.batch_alter_table("decisions") as batch:
        batch.drop_column("ad_words")
        batch.drop_column("left_out")
