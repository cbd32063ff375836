"""a spotter may choose no emails about their reports

Going back, who chose none gets one mail a week: the least that was known before.

Revision: 0083
Follows: 0082
"""

from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


def upgrade():
    _allow("mails IN ('step', 'outcome', 'week', 'never')")


def downgrade():
    op.execute("UPDATE accounts SET mails = 'week' WHERE mails = 'never'")
    _allow("mails IN ('step', 'outcome', 'week')")


def _allow(rule: str) -> None:
    with op.batch_alter_table("accounts", naming_convention=NAMES) as accounts:
        accounts.drop_constraint(op.f("ck_accounts_mails"), type_="check")
        accounts.create_check_constraint(op.f("ck_accounts_mails"), rule)
