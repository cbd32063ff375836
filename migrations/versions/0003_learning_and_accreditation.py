"""practice; the exam's time; the agreement, scope, appeals and certificates; who invited whom

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


def _id(name="id", *, nullable=False):
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _time(name, *, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _account(table, name="account_id"):
    return sa.ForeignKeyConstraint([name], ["accounts.id"], name=op.f(f"fk_{table}_{name}_accounts"))


def upgrade():
    op.create_table(
        "content_states",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        _time("seen_at"),
        sa.PrimaryKeyConstraint("name", "content_hash", name=op.f("pk_content_states")),
    )
    op.create_table(
        "practice_answers",
        _id(),
        _id("account_id"),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=True),
        _time("at"),
        _account("practice_answers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_answers")),
    )
    op.create_index("ix_practice_answers_account_id_module", "practice_answers", ["account_id", "module"])
    op.create_table(
        "exam_openings",
        _id(),
        _id("account_id"),
        sa.Column("module", sa.String(length=64), nullable=False),
        _id("by_account_id"),
        sa.Column("why", sa.String(length=2000), nullable=False),
        _time("at"),
        sa.CheckConstraint("account_id <> by_account_id", name=op.f("ck_exam_openings_by_another")),
        _account("exam_openings"),
        _account("exam_openings", "by_account_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_openings")),
    )
    op.create_index("ix_exam_openings_account_id_module", "exam_openings", ["account_id", "module"])
    op.create_table(
        "signatures",
        _id(),
        _id("account_id"),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        _id("witness_id", nullable=True),
        _time("at"),
        _account("signatures"),
        _account("signatures", "witness_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    op.create_index("ix_signatures_account_id", "signatures", ["account_id"])
    op.create_table(
        "appeals",
        _id(),
        _id("account_id"),
        _id("accreditation_id"),
        sa.Column("text", sa.String(length=4000), nullable=False),
        _time("at"),
        _id("decided_by_id", nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("why", sa.String(length=2000), nullable=True),
        _time("decided_at", nullable=True),
        sa.CheckConstraint("account_id <> decided_by_id", name=op.f("ck_appeals_by_another")),
        _account("appeals"),
        _account("appeals", "decided_by_id"),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditations.id"], name=op.f("fk_appeals_accreditation_id_accreditations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("accreditation_id", name=op.f("uq_appeals_accreditation_id")),
    )
    op.create_index("ix_appeals_account_id", "appeals", ["account_id"])
    op.create_table(
        "certificates",
        _id(),
        _id("account_id"),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("alias", sa.String(length=100), nullable=False),
        _time("made_at"),
        _time("expires_at"),
        _time("ended_at", nullable=True),
        _account("certificates"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
    )
    op.create_index("ix_certificates_account_id", "certificates", ["account_id"])
    # Not in batch mode: that rebuilds a table on SQLite, and forgets its CHECKs.
    op.add_column("attempts", _time("ends_at", nullable=True))
    for name, kind in (
        ("second", sa.String(length=200)),
        ("groups", sa.JSON()),
        ("languages", sa.JSON()),
        ("covers", sa.JSON()),
    ):
        op.add_column("accreditations", sa.Column(name, kind, nullable=True))
    op.execute(
        "ALTER TABLE accounts ADD COLUMN invited_by_id VARCHAR(32) "
        "CONSTRAINT fk_accounts_invited_by_id_accounts REFERENCES accounts (id)"
    )


def downgrade():
    with op.batch_alter_table(
        "accounts", naming_convention=NAMES
    ) as accounts:  # a later migration has rebuilt it: its key is the table's own
        accounts.drop_column("invited_by_id")
    for name in ("covers", "languages", "groups", "second"):
        op.execute(f"ALTER TABLE accreditations DROP COLUMN {name}")
    op.execute("ALTER TABLE attempts DROP COLUMN ends_at")
    for table in ("certificates", "appeals", "signatures", "exam_openings", "practice_answers", "content_states"):
        op.drop_table(table)
