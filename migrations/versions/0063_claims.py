"""claims: who works on a case just now, and until when

Revision: 0063
Follows: 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "case_claims",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_claims"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_claims_case_id_cases"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_case_claims_account_id_accounts"),
        sa.ForeignKeyConstraint(["given_by_id"], ["accounts.id"], name="fk_case_claims_given_by_id_accounts"),
    )
    op.create_index("ix_case_claims_account", "case_claims", ["account_id", "until"])


def downgrade():
    op.drop_table("case_claims")
