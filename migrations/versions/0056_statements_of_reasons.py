"""answers may name their statement of reasons, and notices are found by the company's own number

Revision: 0056
Follows: 0055
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("answers", sa.Column("statement_id", sa.Text(), nullable=True))
    op.create_index("ix_answers_company_reference", "answers", ["company_reference"])


def downgrade():
    op.drop_index("ix_answers_company_reference", "answers")
    op.drop_column("answers", "statement_id")
