"""a notice is reminded of once before its answer is due and once after

Revision: 0098
Follows: 0097
"""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
EVENTS = ("notice.created", "notice.reminded", "notice.replied", "notice.withdrawn")
UNPLANNED = sa.text("answer IS NULL AND asked_early_at IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL")


def _events(*events):
    with op.batch_alter_table("messages", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_messages_event"), type_="check")
        listed = ", ".join(f"'{event}'" for event in events)
        batch.create_check_constraint(op.f("ck_messages_event"), f"event IN ({listed})")


def upgrade():
    _events(*EVENTS, "notice.due_soon")
    with op.batch_alter_table("message_notices", naming_convention=NAMES) as batch:
        batch.add_column(sa.Column("reminder", sa.String(32), nullable=True))
        batch.create_check_constraint(
            op.f("ck_message_notices_reminder"), "reminder IN ('notice.due_soon', 'notice.reminded')"
        )
    # Of a notice that was reminded of twice, which nothing had forbidden, the last reminder is the one that counts.
    op.execute(
        "UPDATE message_notices SET reminder = 'notice.reminded' WHERE message_id IN "
        "(SELECT id FROM messages WHERE event = 'notice.reminded') AND message_id = "
        "(SELECT max(m.id) FROM messages m JOIN message_notices n ON n.message_id = m.id "
        "WHERE n.notice_id = message_notices.notice_id AND m.event = 'notice.reminded')"
    )
    op.create_index("uq_message_notices_notice_id_reminder", "message_notices", ["notice_id", "reminder"], unique=True)
    op.drop_index("ix_message_notices_notice_id", "message_notices")
    op.add_column("notices", sa.Column("asked_early_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_notices_unplanned", "notices", ["answer_by"], sqlite_where=UNPLANNED, postgresql_where=UNPLANNED
    )


def downgrade():
    """A reminder before the date has no place in the older tables."""
    op.drop_index("ix_notices_unplanned", "notices")
    op.drop_column("notices", "asked_early_at")
    op.create_index("ix_message_notices_notice_id", "message_notices", ["notice_id"])
    op.drop_index("uq_message_notices_notice_id_reminder", "message_notices")
    with op.batch_alter_table("message_notices", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_message_notices_reminder"), type_="check")
        batch.drop_column("reminder")
    early = "(SELECT id FROM messages WHERE event = 'notice.due_soon')"
    op.execute(f"DELETE FROM message_attempts WHERE message_id IN {early}")
    op.execute(f"DELETE FROM message_notices WHERE message_id IN {early}")
    op.execute("DELETE FROM messages WHERE event = 'notice.due_soon'")
    _events(*EVENTS)
