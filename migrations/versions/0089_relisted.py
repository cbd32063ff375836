"""a listing that was found gone is looked for again

Going back, such checks count as a coordinator's, and what was said of them as "still there".

Revision: 0089
Follows: 0088
"""

from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
WHY = ("answered", "unanswered", "asked")
CODES = (
    "notice_queued", "held", "dismissed", "notice_withdrawn", "question", "question_closed", "reply", "added", "retracted",
    "doubted", "doubt_read", "not_delivered", "overdue", "answered", "still_there", "checked_present", "checked_gone",
    "as_written",
)  # fmt: skip


def _allow(table, column, words):
    with op.batch_alter_table(table, naming_convention=NAMES) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        changed.create_check_constraint(op.f(f"ck_{table}_{column}"), f"{column} IN ({', '.join(map(repr, words))})")


def upgrade():
    _allow("checks", "why", (*WHY, "relisted"))
    _allow("feedback", "code", (*CODES, "there_again"))


def downgrade():
    op.execute("UPDATE checks SET why = 'asked' WHERE why = 'relisted'")
    op.execute("UPDATE feedback SET code = 'still_there' WHERE code = 'there_again'")
    op.execute("DELETE FROM work WHERE kind = 'look_for_relisting' AND done_at IS NULL")
    _allow("checks", "why", WHY)
    _allow("feedback", "code", CODES)
