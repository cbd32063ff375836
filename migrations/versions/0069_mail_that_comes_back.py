"""mail that comes back: each once, and a company's reply that came by mail

Revision: 0069
Follows: 0068
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
KINDS = ("bounce", "delay", "receipt", "complaint", "automatic", "own", "reply", "unreadable")
WAITS = sa.text("state = 'waiting'")


def one_of(column, words):
    return sa.CheckConstraint(
        f"{column} IN ({', '.join(repr(word) for word in words)})", name=op.f(f"ck_inbound_mails_{column}")
    )


def upgrade():
    text, time = sa.Text(), sa.DateTime(timezone=True)
    op.create_table(
        "inbound_mails",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("stated_id", text, nullable=False),
        sa.Column("received_at", time, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("refusal", sa.String(32), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("notice_id", sa.String(32), nullable=True),
        sa.Column("message_id", sa.String(32), nullable=True),
        sa.Column("proven", sa.Boolean(), nullable=False),
        *(sa.Column(name, text, nullable=False) for name in ("sender", "subject", "text", "whole")),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("recipient", text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("said", text, nullable=False),
        sa.Column("handled_by", sa.String(32), nullable=True),
        sa.Column("handled_at", time, nullable=True),
        sa.Column("forgotten_at", time, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_mails")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbound_mails_digest")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_inbound_mails_notice_id_notices")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_inbound_mails_message_id_messages")),
        sa.ForeignKeyConstraint(["handled_by"], ["accounts.id"], name=op.f("fk_inbound_mails_handled_by_accounts")),
        one_of("kind", KINDS),
        one_of("refusal", ("address", "message", "unclear")),
        one_of("state", ("filed", "waiting", "dropped")),
    )
    op.create_index("ix_inbound_mails_notice_id", "inbound_mails", ["notice_id"])
    op.create_index("ix_inbound_mails_received_at", "inbound_mails", ["received_at"])
    op.create_index(
        "ix_inbound_mails_waiting", "inbound_mails", ["received_at"], sqlite_where=WAITS, postgresql_where=WAITS
    )
    op.create_table(
        "mailbox_cursors",
        sa.Column("mailbox", sa.String(64), nullable=False),
        sa.Column("validity", sa.String(32), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_mailbox_cursors")),
    )
    with op.batch_alter_table("notice_replies", naming_convention=NAMES) as replies:
        replies.alter_column("account_id", existing_type=sa.String(32), nullable=True)
        replies.add_column(sa.Column("mail_id", sa.String(32), nullable=True))
        replies.add_column(sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.true()))
        replies.add_column(sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false()))
        replies.create_foreign_key(
            op.f("fk_notice_replies_mail_id_inbound_mails"), "inbound_mails", ["mail_id"], ["id"]
        )
        replies.create_unique_constraint(op.f("uq_notice_replies_mail_id"), ["mail_id"])


def downgrade():
    op.execute("DELETE FROM notice_replies WHERE account_id IS NULL")
    with op.batch_alter_table("notice_replies", naming_convention=NAMES) as replies:
        replies.drop_constraint(op.f("uq_notice_replies_mail_id"), type_="unique")
        replies.drop_constraint(op.f("fk_notice_replies_mail_id_inbound_mails"), type_="foreignkey")
        for column in ("withheld", "proven", "mail_id"):
            replies.drop_column(column)
        replies.alter_column("account_id", existing_type=sa.String(32), nullable=False)
    op.drop_table("mailbox_cursors")
    op.drop_table("inbound_mails")
