"""questions to leads, what leads say of reports on probation, and the mails about the first

Revision: 0103
Follows: 0102
"""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

BEFORE = (
    "accredited", "renewed", "level", "suspended", "reinstated", "withdrawn", "appeal_received", "appeal_granted",
    "appeal_dismissed", "exam_reopened", "changed", "lapse_60", "lapse_30", "lapse_7", "lapsed",
)  # fmt: skip
NEW = ("asked", "answered")
DOUBTS = (
    "innocent_word", "not_protected", "look_alike", "not_offered", "too_little", "scam", "duplicate", "other",
)  # fmt: skip


def _in(column, words):
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade():
    with op.batch_alter_table("standing_mails") as mails:
        mails.drop_constraint(op.f("ck_standing_mails_occasion"), type_="check")
        mails.create_check_constraint(op.f("ck_standing_mails_occasion"), _in("occasion", BEFORE + NEW))
    waits = sa.text("answered_at IS NULL")
    op.create_table(
        "lead_questions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("lead_id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.String(32), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "account_id <> lead_id AND account_id <> answered_by_id", name=op.f("ck_lead_questions_another")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answered_by_id IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_lead_questions_answered"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_lead_questions_account_id_accounts")),
        sa.ForeignKeyConstraint(["lead_id"], ["accounts.id"], name=op.f("fk_lead_questions_lead_id_accounts")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_lead_questions_report_id_reports")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_lead_questions_answered_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_questions")),
    )
    op.create_index("ix_lead_questions_account_id", "lead_questions", ["account_id", "asked_at"])
    op.create_index(
        "ix_lead_questions_waiting", "lead_questions", ["asked_at"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_table(
        "confirmations",
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("said", sa.String(32), nullable=False),
        sa.Column("because", sa.String(32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_in("said", ("confirm", "doubt")), name=op.f("ck_confirmations_said")),
        sa.CheckConstraint(_in("because", DOUBTS), name=op.f("ck_confirmations_because")),
        sa.CheckConstraint("(said = 'doubt') = (because IS NOT NULL)", name=op.f("ck_confirmations_doubt_says_why")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_confirmations_report_id_reports")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_confirmations_account_id_accounts")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_confirmations")),
    )
    op.create_index("ix_confirmations_account_id", "confirmations", ["account_id"])


def downgrade():
    op.drop_table("confirmations")
    op.drop_table("lead_questions")
    op.execute("DELETE FROM standing_mails WHERE occasion IN ('asked', 'answered')")
    with op.batch_alter_table("standing_mails") as mails:
        mails.drop_constraint(op.f("ck_standing_mails_occasion"), type_="check")
        mails.create_check_constraint(op.f("ck_standing_mails_occasion"), _in("occasion", BEFORE))
