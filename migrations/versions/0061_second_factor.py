"""second factor: its key, used codes, recovery codes, challenges, resets; what a session has passed

Revision: 0061
Follows: 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def _account(table):
    return sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id_accounts"))


def upgrade():
    op.create_table(
        "second_factors",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("sealed_key", sa.String(200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _account("second_factors"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "used_codes",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        _account("used_codes"),
        sa.PrimaryKeyConstraint("account_id", "step", name=op.f("pk_used_codes")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        _account("recovery_codes"),
        sa.PrimaryKeyConstraint("account_id", "hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "sign_in_challenges",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _account("sign_in_challenges"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sign_in_challenges")),
    )
    op.create_index(op.f("ix_sign_in_challenges_account_id"), "sign_in_challenges", ["account_id"])
    op.create_table(
        "factor_resets",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("asked_by_id", sa.String(32), nullable=False),
        sa.Column("why", sa.String(2000), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.String(32), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        _account("factor_resets"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_factor_resets_asked_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["accounts.id"], name=op.f("fk_factor_resets_confirmed_by_id_accounts")
        ),
        sa.CheckConstraint(
            "asked_by_id <> account_id AND confirmed_by_id <> account_id", name=op.f("ck_factor_resets_of_another")
        ),
        sa.CheckConstraint("confirmed_by_id <> asked_by_id", name=op.f("ck_factor_resets_two_people")),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_factor_resets_confirmed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_resets")),
    )
    op.create_index(op.f("ix_factor_resets_account_id"), "factor_resets", ["account_id"])
    op.create_index(
        op.f("uq_factor_resets_waiting"), "factor_resets", ["account_id"], unique=True,
        sqlite_where=sa.text("confirmed_at IS NULL"), postgresql_where=sa.text("confirmed_at IS NULL"),
    )  # fmt: skip
    op.add_column("sign_ins", sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("accounts", sa.Column("factor_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.execute("ALTER TABLE accounts DROP COLUMN factor_asked_at")
    op.execute("ALTER TABLE sign_ins DROP COLUMN passed_at")
    for table in ("factor_resets", "sign_in_challenges", "recovery_codes", "used_codes", "second_factors"):
        op.drop_table(table)
