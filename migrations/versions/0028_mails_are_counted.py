"""what is told in a mail of its own is counted, so that nobody gets more than a day can hold

Revision: 0028
Follows: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("feedback", sa.Column("own_mail_at", sa.DateTime(timezone=True)))
    there = sa.text("own_mail_at IS NOT NULL")
    op.create_index("ix_feedback_own_mail_at", "feedback", ["own_mail_at"], sqlite_where=there, postgresql_where=there)
    op.execute("UPDATE feedback SET own_mail_at = mailed_at WHERE mailed_at IS NOT NULL AND week_mail_id IS NULL")


def downgrade():
    op.drop_index("ix_feedback_own_mail_at", "feedback")
    op.drop_column("feedback", "own_mail_at")
