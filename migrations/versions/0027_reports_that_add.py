"""the version at which a case last changed, and the version of its case that each report came with

A report that only adds no longer makes a decision stale. Of earlier cases the last change is their newest version; reports
from before were all there when a coordinator looks next.

Revision: 0027
Follows: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("cases", sa.Column("changed_version", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE cases SET changed_version = version")
    with op.batch_alter_table("cases") as table:
        table.alter_column("changed_version", server_default=None)
    op.add_column("reports", sa.Column("case_version", sa.Integer(), nullable=True))


def downgrade():
    op.execute("ALTER TABLE reports DROP COLUMN case_version")
    op.execute("ALTER TABLE cases DROP COLUMN changed_version")
