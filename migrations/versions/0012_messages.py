"""messages carry one notice or many, on a channel that is known; deliveries and their attempts become messages

Revision: 0012
Follows: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('mail', 'webhook', 'portal', 'api', 'form')"
NOT_DELIVERED = sa.text("state <> 'delivered'")


def upgrade():
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("stable_id", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "event IN ('notice.created', 'notice.reminded', 'notice.withdrawn')", name=op.f("ck_messages_event")
        ),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_messages_channel")),
        sa.CheckConstraint("state IN ('queued', 'delivered', 'failed')", name=op.f("ck_messages_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("stable_id", name=op.f("uq_messages_stable_id")),
    )
    op.create_table(
        "message_notices",
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_notices_message_id_messages")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_message_notices_notice_id_notices")),
        sa.PrimaryKeyConstraint("message_id", "notice_id", name=op.f("pk_message_notices")),
    )
    op.create_table(
        "message_attempts",
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('sent', 'retry', 'permanent_failure')", name=op.f("ck_message_attempts_outcome")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_message_attempts_message_id_messages")),
        sa.PrimaryKeyConstraint("message_id", "n", name=op.f("pk_message_attempts")),
    )
    op.execute(
        "INSERT INTO messages (id, event, channel, address, stable_id, state, delivered_at, failed_at, last_error) "
        "SELECT id, 'notice.created', channel, address, message_id, state, delivered_at, failed_at, last_error "
        "FROM deliveries"
    )
    op.execute("INSERT INTO message_notices (message_id, notice_id) SELECT id, notice_id FROM deliveries")
    op.execute(
        "INSERT INTO message_attempts (message_id, n, started_at, finished_at, outcome, detail) "
        "SELECT delivery_id, n, started_at, finished_at, "
        "CASE outcome WHEN 'later' THEN 'retry' WHEN 'never' THEN 'permanent_failure' ELSE outcome END, detail "
        "FROM delivery_attempts"
    )
    op.create_index("ix_message_notices_notice_id", "message_notices", ["notice_id"])
    op.create_index(
        "ix_messages_waiting", "messages", ["event"], sqlite_where=NOT_DELIVERED, postgresql_where=NOT_DELIVERED
    )
    op.drop_table("delivery_attempts")
    op.drop_table("deliveries")
    with op.batch_alter_table("spocs") as spocs:
        spocs.create_check_constraint(op.f("ck_spocs_channel"), CHANNELS)


def downgrade():
    """Reminders, withdrawals, and all but the first notice of a message have no place in the older tables."""
    with op.batch_alter_table("spocs") as spocs:
        spocs.drop_constraint(op.f("ck_spocs_channel"), type_="check")
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id_notices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_table(
        "delivery_attempts",
        sa.Column("delivery_id", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_delivery_attempts_delivery_id_deliveries")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "n", name=op.f("pk_delivery_attempts")),
    )
    op.execute(
        "INSERT INTO deliveries "
        "(id, notice_id, channel, address, message_id, state, delivered_at, failed_at, last_error) "
        "SELECT id, (SELECT min(notice_id) FROM message_notices WHERE message_id = messages.id), channel, address, "
        "stable_id, state, delivered_at, failed_at, last_error FROM messages WHERE event = 'notice.created'"
    )
    op.execute(
        "INSERT INTO delivery_attempts (delivery_id, n, started_at, finished_at, outcome, detail) "
        "SELECT message_id, n, started_at, finished_at, "
        "CASE outcome WHEN 'retry' THEN 'later' WHEN 'permanent_failure' THEN 'never' ELSE outcome END, detail "
        "FROM message_attempts WHERE message_id IN (SELECT id FROM deliveries)"
    )
    op.create_index("ix_deliveries_notice_id", "deliveries", ["notice_id"])
    op.create_index(
        "ix_deliveries_waiting", "deliveries", ["notice_id"], sqlite_where=NOT_DELIVERED, postgresql_where=NOT_DELIVERED
    )
    op.drop_table("message_attempts")
    op.drop_table("message_notices")
    op.drop_table("messages")
