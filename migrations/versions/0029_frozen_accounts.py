"""accounts of threatened spotters are frozen: their names are kept apart

Revision: 0029
Follows: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}
NAME = "ck_account_changes_action"


def change(allowed):
    with op.batch_alter_table("account_changes", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), f"action IN ({allowed})")


def upgrade():
    op.create_table(
        "frozen_names",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_frozen_names_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_frozen_names")),
        sa.UniqueConstraint("email", name=op.f("uq_frozen_names_email")),
    )
    change("'closed', 'reopened', 'frozen', 'unfrozen'")


def downgrade():
    op.execute(
        "UPDATE accounts SET name = (SELECT name FROM frozen_names WHERE account_id = accounts.id), "
        "email = (SELECT email FROM frozen_names WHERE account_id = accounts.id) "
        "WHERE id IN (SELECT account_id FROM frozen_names)"
    )
    op.drop_table("frozen_names")
    op.execute("UPDATE account_changes SET action = 'closed' WHERE action = 'frozen'")
    op.execute("UPDATE account_changes SET action = 'reopened' WHERE action = 'unfrozen'")
    change("'closed', 'reopened'")
