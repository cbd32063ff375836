"""work that failed because our own mail server was away says so

Going back, it says that nothing answered.

Revision: 0091
Follows: 0090
"""

from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

FAILURES = (
    "unreachable", "rests", "refused_for_now", "address_refused", "refused", "answered", "closed", "forbidden", "too_large",
    "no_secret", "store_away", "worker_stopped", "unexpected", "other",
)  # fmt: skip


def _allow(words):
    with op.batch_alter_table("work") as changed:
        changed.drop_constraint(op.f("ck_work_failure"), type_="check")
        changed.create_check_constraint(op.f("ck_work_failure"), f"failure IN ({', '.join(map(repr, words))})")


def upgrade():
    _allow((*FAILURES, "mail_away"))


def downgrade():
    op.execute("UPDATE work SET failure = 'unreachable' WHERE failure = 'mail_away'")
    _allow(FAILURES)
