"""decisions that can still be undone

Revision: 0055
Follows: 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

STATES = "'open', 'asked', 'held', 'notified', 'answered', 'closed'"
WHY = "'police_first', 'second_opinion', 'other'"


def upgrade():
    op.create_table(
        "pending_decisions",
        sa.Column("decision_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_from", sa.String(32), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_why", sa.String(32), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("notice", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(f"came_from IN ({STATES})", name=op.f("ck_pending_decisions_came_from")),
        sa.CheckConstraint(f"held_why IN ({WHY})", name=op.f("ck_pending_decisions_held_why")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_pending_decisions_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pending_decisions_case_id_cases")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_pending_decisions")),
        sa.UniqueConstraint("case_id", name=op.f("uq_pending_decisions_case_id")),
    )


def downgrade():
    if op.get_bind().execute(sa.text("SELECT count(*) FROM pending_decisions")).scalar():
        raise SystemExit(
            "Some decisions can still be undone and have not taken effect. Wait for two minutes, let the worker run once "
            "(flask --app server worker --once), then downgrade again."
        )
    op.drop_table("pending_decisions")
