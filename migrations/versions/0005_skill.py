"""the practice lane, what the rules propose about levels, and steps down by the rules

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _id(name="id", *, nullable=False):
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _time(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table, name, other):
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}"))


def upgrade():
    op.create_table(
        "lane_answers",
        _id(),
        _id("account_id"),
        sa.Column("listing", sa.String(length=64), nullable=True),
        sa.Column("taxon_group", sa.String(length=32), nullable=True),
        _id("case_id", nullable=True),
        sa.Column("said", sa.String(length=32), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=True),
        _time("at"),
        sa.CheckConstraint("said IN ('flag', 'innocent', 'cannot_tell')", name=op.f("ck_lane_answers_said")),
        sa.CheckConstraint("(listing IS NULL) <> (case_id IS NULL)", name=op.f("ck_lane_answers_one_listing")),
        sa.CheckConstraint('case_id IS NULL OR "right" IS NULL', name=op.f("ck_lane_answers_live_is_not_marked")),
        _refers("lane_answers", "account_id", "accounts"),
        _refers("lane_answers", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lane_answers")),
        sa.UniqueConstraint("account_id", "listing", name=op.f("uq_lane_answers_account_id_listing")),
        sa.UniqueConstraint("account_id", "case_id", name=op.f("uq_lane_answers_account_id_case_id")),
    )
    op.create_index("ix_lane_answers_case_id", "lane_answers", ["case_id"])
    op.create_index("ix_lane_answers_listing", "lane_answers", ["listing"])
    op.create_table(
        "level_proposals",
        _id(),
        _id("account_id"),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("move", sa.String(length=32), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        _time("at"),
        _id("decided_by_id", nullable=True),
        sa.Column("why", sa.String(length=2000), nullable=True),
        _time("decided_at", nullable=True),
        sa.CheckConstraint("level IN ('probation', 'trusted', 'lead')", name=op.f("ck_level_proposals_level")),
        sa.CheckConstraint("move IN ('up', 'stay', 'down', 'stop')", name=op.f("ck_level_proposals_move")),
        sa.CheckConstraint("account_id <> decided_by_id", name=op.f("ck_level_proposals_by_another")),
        _refers("level_proposals", "account_id", "accounts"),
        _refers("level_proposals", "decided_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_proposals")),
    )
    op.create_index("ix_level_proposals_account_id", "level_proposals", ["account_id"])
    op.create_index(
        "uq_level_proposals_open",
        "level_proposals",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "step_downs",
        _id("accreditation_id"),
        _id("account_id"),
        sa.Column("why", sa.String(length=2000), nullable=False),
        _time("at"),
        _refers("step_downs", "accreditation_id", "accreditations"),
        _refers("step_downs", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("accreditation_id", name=op.f("pk_step_downs")),
    )
    op.create_index("ix_step_downs_account_id", "step_downs", ["account_id"])


def downgrade():
    for table in ("step_downs", "level_proposals", "lane_answers"):
        op.drop_table(table)
