"""whoever was erased while frozen before 0111: what they reported stays held, too

Revision: 0113
Follows: 0112
"""

import sqlalchemy as sa
from alembic import op

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None

STEPS = ("account_frozen", "account_unfrozen")


def upgrade():
    # The audit trail still has what was done last, though name and address are gone. Read once: it has no index for this.
    rows = sa.table("audit_rows", *(sa.column(name) for name in ("seq", "action", "object_id")))
    done = sa.select(rows.c.object_id, rows.c.action).where(rows.c.action.in_(STEPS)).order_by(rows.c.seq)
    last = dict(op.get_bind().execute(done).all())
    accounts = sa.table("accounts", *(sa.column(name) for name in ("id", "erased_at", "withheld_at")))
    here = accounts.c
    for account_id in (each for each, action in last.items() if action == "account_frozen"):
        erased = (here.id == account_id, here.erased_at.is_not(None), here.withheld_at.is_(None))
        op.get_bind().execute(accounts.update().where(*erased).values(withheld_at=here.erased_at))


def downgrade():
    pass  # 0111 takes the column away; until then it stays true
