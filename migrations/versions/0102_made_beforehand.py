"""what the answers in exams show is made beforehand; whether words are new in a round is read from an index

Revision: 0102
Follows: 0098
"""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "exam_findings",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_exam_findings"),
    )
    op.create_index("ix_searches_term", "searches", ["term", "at"])


def downgrade():
    op.drop_index("ix_searches_term", "searches")
    op.drop_table("exam_findings")
