"""changes of addresses are of forms and webhooks, too

Going back, changes of forms and webhooks are forgotten: an older version knows mail addresses alone.

Revision: 0092
Follows: 0091
"""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

CHANNELS = "'mail', 'digest', 'webhook', 'portal', 'api', 'form'"
OPEN = "state IN ('pending', 'proven', 'approved')"
BY_WHOM = (
    "source = 'import' AND state = 'in_force' AND proven_at IS NULL OR source = 'page' AND {address} IS NOT NULL "
    "AND why IS NOT NULL AND proposed_by_id IS NOT NULL"
)
CHECKS = {
    "channel": f"channel IN ({CHANNELS})",
    "old_channel": f"old_channel IN ({CHANNELS})",
    "way": "channel IN ('mail', 'form', 'webhook')",
    "old": "old_address IS NULL OR old_channel IS NOT NULL",
    "new_secret": f"(new_secret IS NOT NULL) = (channel = 'webhook' AND source = 'page' AND {OPEN})",
}
INDEXES = {"spoc": ("spoc_id",), "address": ("company_id", "{address}")}


def _drop_rules():
    """What names a column that is about to have another name."""
    for name in INDEXES:
        op.drop_index(f"uq_address_changes_{name}", "address_changes")
    with op.batch_alter_table("address_changes") as changed:
        changed.drop_constraint(op.f("ck_address_changes_by_whom"), type_="check")


def _make_rules(address):
    with op.batch_alter_table("address_changes") as changed:
        changed.create_check_constraint(op.f("ck_address_changes_by_whom"), BY_WHOM.format(address=address))
    for name, columns in INDEXES.items():
        op.create_index(
            f"uq_address_changes_{name}",
            "address_changes",
            [column.format(address=address) for column in columns],
            unique=True,
            sqlite_where=sa.text(OPEN),
            postgresql_where=sa.text(OPEN),
        )


def upgrade():
    _drop_rules()
    with op.batch_alter_table("address_changes") as changed:
        for which in ("old", "new"):
            changed.alter_column(
                f"{which}_email",
                new_column_name=f"{which}_address",
                existing_type=sa.String(254),
                type_=sa.Text(),
                existing_nullable=True,
            )
        changed.add_column(sa.Column("channel", sa.String(32), nullable=False, server_default="mail"))
        changed.add_column(sa.Column("old_channel", sa.String(32), nullable=True))
        changed.add_column(sa.Column("new_secret", sa.String(120), nullable=True))
        changed.add_column(sa.Column("tests", sa.Integer(), nullable=False, server_default=sa.text("0")))
        changed.add_column(sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True))
        changed.add_column(sa.Column("test_failure", sa.JSON(), nullable=True))
    op.execute("UPDATE address_changes SET old_channel = 'mail' WHERE old_address IS NOT NULL")
    op.execute(
        "UPDATE address_changes SET old_channel = (SELECT channel FROM spocs WHERE spocs.id = address_changes.spoc_id) "
        f"WHERE old_address IS NULL AND {OPEN}"
    )
    with op.batch_alter_table("address_changes") as changed:
        changed.alter_column("channel", existing_type=sa.String(32), existing_nullable=False, server_default=None)
        for name, condition in CHECKS.items():
            changed.create_check_constraint(op.f(f"ck_address_changes_{name}"), condition)
    _make_rules("new_address")


def downgrade():
    op.execute("DELETE FROM work WHERE kind = 'prove_webhook' AND done_at IS NULL")
    op.execute(
        "DELETE FROM address_warnings WHERE change_id IN (SELECT id FROM address_changes WHERE channel <> 'mail')"
    )
    op.execute("DELETE FROM address_changes WHERE channel <> 'mail'")
    op.execute(
        "UPDATE address_changes SET old_address = NULL WHERE old_address LIKE 'http%'"
    )  # what it had was no mail
    _drop_rules()
    with op.batch_alter_table("address_changes") as changed:
        for name in CHECKS:
            changed.drop_constraint(op.f(f"ck_address_changes_{name}"), type_="check")
    with op.batch_alter_table("address_changes") as changed:
        for name in ("channel", "old_channel", "new_secret", "tests", "tested_at", "test_failure"):
            changed.drop_column(name)
        for which in ("old", "new"):
            changed.alter_column(
                f"{which}_address",
                new_column_name=f"{which}_email",
                existing_type=sa.Text(),
                type_=sa.String(254),
                existing_nullable=True,
            )
    _make_rules("new_email")
