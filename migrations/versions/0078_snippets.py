"""a coordinator's own ready reasons

Revision: 0078
Follows: 0077
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "snippets",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("decision", sa.String(32), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippets")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_snippets_account_id_accounts")),
        sa.UniqueConstraint("account_id", "decision", "title", name=op.f("uq_snippets_account_id_decision_title")),
        sa.CheckConstraint("decision IN ('notify', 'dismiss', 'ask', 'hold')", name=op.f("ck_snippets_decision")),
    )


def downgrade():
    op.drop_table("snippets")
