"""a search says why it stopped

Revision: 0115
Follows: 0114
"""

from alembic import op

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None

REASONS = "'all_seen', 'enough_seen', 'nothing_found', 'sign_in', 'blocked', 'interrupted'"


def upgrade():
    check = f"CONSTRAINT ck_searches_why_stopped CHECK (why_stopped IN ({REASONS}))"
    op.execute(f"ALTER TABLE searches ADD COLUMN why_stopped VARCHAR(32) {check}")


def downgrade():
    """Why it stopped has no place in the older table."""
    op.drop_column("searches", "why_stopped")
