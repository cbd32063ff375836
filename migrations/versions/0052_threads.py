"""replies stand in a notice's thread beside the answers, and a notice knows since when it is our turn

Revision: 0052
Follows: 0051
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
EVENTS = ("notice.created", "notice.reminded", "notice.withdrawn")
ASKS = "('moved', 'need_info', 'cannot_locate')"
OUR_TURN = sa.text("our_turn_since IS NOT NULL")


def _events(*events):
    with op.batch_alter_table("messages", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_messages_event"), type_="check")
        listed = ", ".join(f"'{event}'" for event in events)
        batch.create_check_constraint(op.f("ck_messages_event"), f"event IN ({listed})")


def upgrade():
    _events(*EVENTS, "notice.replied")
    op.create_table(
        "notice_replies",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("notice_id", sa.String(32), nullable=False),
        sa.Column("sender", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sender IN ('company', 'coordinator')", name=op.f("ck_notice_replies_sender")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_notice_replies_account_id_accounts")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notice_replies_message_id_messages")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_replies_notice_id_notices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_replies")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notice_replies_message_id")),
    )
    op.create_index("ix_notice_replies_notice_id", "notice_replies", ["notice_id"])
    op.add_column("notices", sa.Column("our_turn_since", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        f"UPDATE notices SET our_turn_since = answered_at WHERE answer IN {ASKS} "
        "AND withdrawn_at IS NULL AND replaced_at IS NULL"
    )
    op.create_index(
        "ix_notices_our_turn", "notices", ["our_turn_since"], sqlite_where=OUR_TURN, postgresql_where=OUR_TURN
    )


def downgrade():
    """Replies have no place in the older tables."""
    op.drop_index("ix_notices_our_turn", "notices")
    op.drop_column("notices", "our_turn_since")
    op.drop_table("notice_replies")
    replies = "(SELECT id FROM messages WHERE event = 'notice.replied')"
    op.execute(f"DELETE FROM message_attempts WHERE message_id IN {replies}")
    op.execute(f"DELETE FROM message_notices WHERE message_id IN {replies}")
    op.execute("DELETE FROM messages WHERE event = 'notice.replied'")
    _events(*EVENTS)
