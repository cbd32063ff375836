"""work that failed for good is a dead letter

Revision: 0015
Follows: 0014
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE work RENAME COLUMN set_aside_at TO dead_lettered_at")


def downgrade():
    op.execute("ALTER TABLE work RENAME COLUMN dead_lettered_at TO set_aside_at")
