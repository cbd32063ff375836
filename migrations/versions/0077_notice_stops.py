"""the gauge of notices: when each was reviewed, and what holds further notices to a company

Revision: 0077
Follows: 0076
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
REVIEWED, STANDING = sa.text("reviewed_at IS NOT NULL"), sa.text("ended_at IS NULL")


def upgrade():
    time = sa.DateTime(timezone=True)
    op.add_column("notices", sa.Column("reviewed_at", time, nullable=True))
    op.execute(
        "UPDATE notices SET reviewed_at = answered_at WHERE answer IN ('removed', 'access_disabled', 'restricted', "
        "'account_suspended', 'not_violating', 'reinstated', 'need_info', 'cannot_locate')"
    )
    op.create_index(
        "ix_notices_reviewed", "notices", ["company_id", "basis", "reviewed_at", "answer", "replaced_at"],
        sqlite_where=REVIEWED, postgresql_where=REVIEWED,
    )  # fmt: skip
    op.create_table(
        "notice_stops",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("ended_at", time, nullable=True),
        sa.Column("ended_by_id", sa.String(32), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_stops")),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_notice_stops_company_id_companies")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["accounts.id"], name=op.f("fk_notice_stops_ended_by_id_accounts")),
        sa.CheckConstraint("basis IN ('illegal', 'policy')", name=op.f("ck_notice_stops_basis")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_notice_stops_ended_by_id")),
        sa.CheckConstraint("(ended_at IS NULL) = (why IS NULL)", name=op.f("ck_notice_stops_why")),
    )
    op.create_index(
        "uq_notice_stops_standing", "notice_stops", ["company_id", "basis"], unique=True,
        sqlite_where=STANDING, postgresql_where=STANDING,
    )  # fmt: skip
    op.create_index("ix_notice_stops_company_id", "notice_stops", ["company_id", "basis", "ended_at"])
    with op.batch_alter_table("pending_decisions", naming_convention=NAMES) as pending:
        pending.add_column(sa.Column("stop_id", sa.String(32), nullable=True))
        pending.create_foreign_key(
            op.f("fk_pending_decisions_stop_id_notice_stops"), "notice_stops", ["stop_id"], ["id"]
        )
        pending.create_index("ix_pending_decisions_stop_id", ["stop_id"])


def downgrade():
    """An older version knows of no stop: what was held takes effect."""
    op.execute(
        "INSERT INTO work (id, kind, subject_id, due_at, attempts, breaks) SELECT decision_id, 'take_effect', decision_id, "
        "due_at, 0, 0 FROM pending_decisions WHERE stop_id IS NOT NULL"
    )
    with op.batch_alter_table("pending_decisions", naming_convention=NAMES) as pending:
        pending.drop_index("ix_pending_decisions_stop_id")
        pending.drop_constraint(op.f("fk_pending_decisions_stop_id_notice_stops"), type_="foreignkey")
        pending.drop_column("stop_id")
    op.drop_table("notice_stops")
    op.drop_index("ix_notices_reviewed", "notices")
    op.drop_column("notices", "reviewed_at")
