"""a lease has a name and is renewed; an attempt to send says under which it is made

Revision: 0093
Follows: 0092
"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

LEASED = sa.text("leased_by IS NOT NULL")


def upgrade():
    op.execute("ALTER TABLE work RENAME COLUMN leased_until TO renewed_at")
    op.add_column("work", sa.Column("leased_by", sa.String(32), nullable=True))
    op.create_index("ix_work_leased", "work", ["leased_by"], sqlite_where=LEASED, postgresql_where=LEASED)
    op.add_column("message_attempts", sa.Column("leased_by", sa.String(32), nullable=True))


def downgrade():
    op.execute("UPDATE work SET renewed_at = NULL")
    op.drop_index("ix_work_leased", "work")
    op.drop_column("message_attempts", "leased_by")
    op.drop_column("work", "leased_by")
    op.execute("ALTER TABLE work RENAME COLUMN renewed_at TO leased_until")
