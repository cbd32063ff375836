"""changes of SPOCs' addresses: each step, by whom, and who was warned of it

Revision: 0082
Follows: 0081
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

STATES = ("pending", "proven", "approved", "in_force", "withdrawn", "refused", "lapsed")
ENDS = (
    "proposer", "colleague", "new_address", "old_address", "unreachable", "expired", "directory", "rights",
)  # fmt: skip
OPEN = sa.text("state IN ('pending', 'proven', 'approved')")
CHECKS = {
    "two_people": "approved_by_id <> proposed_by_id",
    "approved": "(approved_by_id IS NULL) = (approved_at IS NULL) AND (approved_at IS NULL OR proven_at IS NOT NULL)",
    "by_whom": (
        "source = 'import' AND state = 'in_force' AND proven_at IS NULL OR source = 'page' AND new_email IS NOT NULL "
        "AND why IS NOT NULL AND proposed_by_id IS NOT NULL"
    ),
    "steps": (
        "source = 'import' OR state = 'pending' AND proven_at IS NULL OR state = 'proven' AND proven_at IS NOT NULL AND "
        "approved_at IS NULL OR state IN ('approved', 'in_force') AND approved_at IS NOT NULL OR ended IS NOT NULL"
    ),
    "in_force": (
        "(state = 'in_force') = (in_force_at IS NOT NULL) AND (source = 'import' OR in_force_at IS NULL OR "
        "earliest_at IS NOT NULL AND in_force_at >= earliest_at)"
    ),
    "ended_at": (
        "(state IN ('withdrawn', 'refused', 'lapsed')) = (ended IS NOT NULL) AND "
        "(ended IS NULL) = (ended_at IS NULL) AND (ended_by_id IS NULL OR ended IS NOT NULL)"
    ),
}


def _check(name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_address_changes_{name}"))


def _one_of(column, words):
    return _check(column, f"{column} IN ({', '.join(repr(word) for word in words)})")


def _refers(column, table):
    name = op.f(f"fk_address_changes_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade():
    time = sa.DateTime(timezone=True)
    op.create_table(
        "address_changes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("spoc_id", sa.String(32), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("old_email", sa.String(254), nullable=True),
        sa.Column("new_email", sa.String(254), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("proposed_by_id", sa.String(32), nullable=True),
        sa.Column("proposed_at", time, nullable=False),
        sa.Column("proven_at", time, nullable=True),
        sa.Column("approved_by_id", sa.String(32), nullable=True),
        sa.Column("approved_at", time, nullable=True),
        sa.Column("earliest_at", time, nullable=True),
        sa.Column("expires_at", time, nullable=True),
        sa.Column("in_force_at", time, nullable=True),
        sa.Column("ended", sa.String(32), nullable=True),
        sa.Column("ended_by_id", sa.String(32), nullable=True),
        sa.Column("ended_at", time, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_changes")),
        _refers("company_id", "companies"),
        _refers("spoc_id", "spocs"),
        _refers("proposed_by_id", "accounts"),
        _refers("approved_by_id", "accounts"),
        _refers("ended_by_id", "accounts"),
        _one_of("source", ("page", "import")),
        _one_of("state", STATES),
        _one_of("ended", ENDS),
        *(_check(name, condition) for name, condition in CHECKS.items()),
    )
    for column in ("company_id", "spoc_id"):
        op.create_index(op.f(f"ix_address_changes_{column}"), "address_changes", [column])
    for name, columns in {"spoc": ["spoc_id"], "address": ["company_id", "new_email"]}.items():
        op.create_index(
            f"uq_address_changes_{name}",
            "address_changes",
            columns,
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )
    op.create_table(
        "address_warnings",
        sa.Column("change_id", sa.String(32), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("settled_at", time, nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("change_id", "n", name=op.f("pk_address_warnings")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["address_changes.id"], name=op.f("fk_address_warnings_change_id_address_changes")
        ),
        sa.CheckConstraint("(settled_at IS NULL) = (refused IS NULL)", name=op.f("ck_address_warnings_settled")),
    )


def downgrade():
    """An older version knows of no change that waits: the addresses stay as they are."""
    op.execute("DELETE FROM work WHERE kind IN ('mail_address_proof', 'mail_address_warning') AND done_at IS NULL")
    op.drop_table("address_warnings")
    op.drop_table("address_changes")
