"""checks of listings after a notice; what a dismissal was, and the lesson it leads to

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}

BECAUSE = "'innocent_word', 'not_protected', 'look_alike', 'not_offered', 'too_little', 'scam', 'other'"


def upgrade():
    op.create_table(
        "checks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("listing_id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=True),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "category IN ('live', 'part', 'product', 'plant', 'service')", name=op.f("ck_checks_category")
        ),
        sa.CheckConstraint("why IN ('answered', 'unanswered', 'asked')", name=op.f("ck_checks_why")),
        sa.CheckConstraint("state IN ('open', 'gone', 'present', 'dropped')", name=op.f("ck_checks_state")),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_checks_listing_id_listings")),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_checks_notice_id_notices")),
        sa.ForeignKeyConstraint(["asked_by"], ["accounts.id"], name=op.f("fk_checks_asked_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
    )
    with op.batch_alter_table("checks") as batch_op:
        batch_op.create_index(batch_op.f("ix_checks_listing_id"), ["listing_id"])
        batch_op.create_index(batch_op.f("ix_checks_notice_id"), ["notice_id"])
        batch_op.create_index("ix_checks_due", ["state", "due_at", "id"])
        batch_op.create_index(
            "uq_checks_open",
            ["listing_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
    op.create_table(
        "check_results",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("check_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("coordinator", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seen IN ('present', 'gone', 'cannot_tell')", name=op.f("ck_check_results_seen")),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"], name=op.f("fk_check_results_check_id_checks")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_check_results_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_results")),
        sa.UniqueConstraint("check_id", "account_id", name=op.f("uq_check_results_check_id_account_id")),
    )
    # Not in batch mode: that rebuilds a table on SQLite, and forgets its CHECKs.
    op.execute(
        "ALTER TABLE decisions ADD COLUMN because VARCHAR(32) "
        f"CONSTRAINT ck_decisions_because CHECK (because IN ({BECAUSE}))"
    )
    op.add_column("feedback", sa.Column("lesson", sa.String(length=129), nullable=True))
    op.add_column("platforms", sa.Column("monitoring_removed", sa.JSON(), nullable=True))


def downgrade():
    for table, column in (("platforms", "monitoring_removed"), ("feedback", "lesson")):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    with op.batch_alter_table("decisions", naming_convention=NAMES) as decisions:
        decisions.drop_constraint(op.f("ck_decisions_because"), type_="check")
        decisions.drop_column("because")
    op.drop_table("check_results")
    op.drop_table("checks")
