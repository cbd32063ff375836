"""alarms: many new accounts against one seller, and the reports that are set aside

Revision: 0042
Follows: 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade():
    op.create_table(
        "alarms",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("new_accounts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(32), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'withdrawn', 'cleared')", name=op.f("ck_alarms_state")),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_alarms_closed")),
        sa.ForeignKeyConstraint(["closed_by"], ["accounts.id"], name=op.f("fk_alarms_closed_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    op.create_index("uq_alarms_open", "alarms", ["target"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_alarms_state", "alarms", ["state", "id"])
    op.create_table(
        "alarm_reports",
        sa.Column("alarm_id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("about", sa.Boolean(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarms.id"], name=op.f("fk_alarm_reports_alarm_id_alarms")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_alarm_reports_report_id_reports")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_alarm_reports_case_id_cases")),
        sa.PrimaryKeyConstraint("alarm_id", "report_id", name=op.f("pk_alarm_reports")),
    )
    op.create_index(op.f("ix_alarm_reports_report_id"), "alarm_reports", ["report_id"])
    op.create_index(op.f("ix_alarm_reports_case_id"), "alarm_reports", ["case_id"])
    op.add_column("reports", sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column("reports", "set_aside_at")
    op.drop_table("alarm_reports")
    op.drop_table("alarms")
