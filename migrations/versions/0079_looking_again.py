"""what a decision waits for beyond its time to be undone, and when the server last looked at what it is about

Revision: 0079
Follows: 0078
"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
NEW = ("waits_for", "waits_until")


def upgrade():
    time = sa.DateTime(timezone=True)
    with op.batch_alter_table("pending_decisions", naming_convention=NAMES) as pending:
        pending.add_column(sa.Column("waits_for", sa.String(32), nullable=True))
        pending.add_column(sa.Column("waits_until", time, nullable=True))
        pending.add_column(sa.Column("looked_at", time, nullable=True))
        pending.create_check_constraint(
            op.f("ck_pending_decisions_waits_for"), "waits_for IN ('frozen', 'look', 'digest')"
        )
        pending.create_check_constraint(
            op.f("ck_pending_decisions_waits_until"), "(waits_for IS NULL) = (waits_until IS NULL)"
        )


def downgrade():
    """An older version looks no second time: what waits takes effect."""
    with op.batch_alter_table("pending_decisions", naming_convention=NAMES) as pending:
        for name in NEW:
            pending.drop_constraint(op.f(f"ck_pending_decisions_{name}"), type_="check")
        for name in (*NEW, "looked_at"):
            pending.drop_column(name)
