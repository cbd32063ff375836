"""what an exam is about: a whole module, what changed in it, or a renewal

Revision: 0053
Follows: 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


def upgrade():
    with op.batch_alter_table("attempts", naming_convention=NAMES) as attempts:
        attempts.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="whole"))
        attempts.add_column(sa.Column("lessons", sa.JSON(), nullable=True))
        attempts.create_check_constraint(op.f("ck_attempts_kind"), "kind IN ('whole', 'part', 'renewal')")
    with op.batch_alter_table("attempts", naming_convention=NAMES) as attempts:
        attempts.alter_column("kind", server_default=None)


def downgrade():
    with op.batch_alter_table("attempts", naming_convention=NAMES) as attempts:
        attempts.drop_constraint(op.f("ck_attempts_kind"), type_="check")
        attempts.drop_column("lessons")
        attempts.drop_column("kind")
