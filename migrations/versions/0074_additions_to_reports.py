"""a spotter adds to a report of their own

Revision: 0074
Follows: 0073
"""

from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
CODES = (
    "notice_queued", "held", "dismissed", "notice_withdrawn", "question", "question_closed", "reply", "retracted", "doubted",
    "doubt_read", "not_delivered", "overdue", "answered", "still_there", "checked_present", "checked_gone", "as_written",
)  # fmt: skip
OWN = ("dismissed", "notice_withdrawn", "question", "reply", "as_written")


def _codes(codes, own):
    with op.batch_alter_table("feedback", naming_convention=NAMES) as feedback:
        for name, check in (
            ("code", f"code IN ({', '.join(map(repr, codes))})"),
            ("own_words", f"text IS NOT NULL OR code NOT IN ({', '.join(map(repr, own))})"),
        ):
            feedback.drop_constraint(op.f(f"ck_feedback_{name}"), type_="check")
            feedback.create_check_constraint(op.f(f"ck_feedback_{name}"), check)


def upgrade():
    _codes((*CODES, "added"), (*OWN, "added"))


def downgrade():
    """What spotters added has no place in the older tables."""
    op.execute("DELETE FROM feedback WHERE code = 'added'")
    _codes(CODES, OWN)
