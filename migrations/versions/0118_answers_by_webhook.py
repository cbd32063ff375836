"""companies answer by a signed webhook: their secrets, and the messages that came so

Revision: 0118
Follows: 0117
"""

import sqlalchemy as sa
from alembic import op

revision = "0118"
down_revision = "0117"
branch_labels = None
depends_on = None

BEFORE = ("link", "portal", "api", "mail", "phone", "form")
VIAS = (("answers", "via"), ("disputes", "sent_via"))


def _ways(ways):
    for table, column in VIAS:
        name, check = op.f(f"ck_{table}_{column}"), f"{column} IN ({', '.join(repr(way) for way in ways)})"
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(name, type_="check")
            changed.create_check_constraint(name, check)


def upgrade():
    _ways((*BEFORE, "webhook"))
    op.create_table(
        "answer_secrets",
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("fingerprint", sa.String(8), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_answer_secrets_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", "fingerprint", name=op.f("pk_answer_secrets")),
    )
    op.create_table(
        "answer_messages",
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("webhook_id", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("results", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_answer_messages_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", "webhook_id", name=op.f("pk_answer_messages")),
    )
    op.create_index("ix_answer_messages_at", "answer_messages", ["company_id", "at"])


def downgrade():
    """An answer by webhook came from a company's program, as one by API does; the older tables know no other word for it."""
    op.drop_table("answer_messages")
    op.drop_table("answer_secrets")
    for table, column in VIAS:
        op.execute(f"UPDATE {table} SET {column} = 'api' WHERE {column} = 'webhook'")
    _ways(BEFORE)
