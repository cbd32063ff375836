"""an answer keeps when its company said it last, also by repeating it word for word

Revision: 0121
Follows: 0120
"""

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("answers", sa.Column("said_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE answers SET said_at = at")  # when it was repeated, nobody has kept
    with op.batch_alter_table("answers") as answers:
        answers.alter_column("said_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade():
    op.drop_column("answers", "said_at")
