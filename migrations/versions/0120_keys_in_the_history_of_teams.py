"""the history of a company's team also says who made or retired a secret or a token of it

Revision: 0120
Follows: 0119
"""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None

OF_PEOPLE = "'joined', 'made_manager', 'made_member', 'removed', 'left'"
OF_KEYS = (
    "'answer_secret_made', 'answer_secret_retired', 'webhook_secret_made', 'webhook_secret_retired', 'token_made', "
    "'token_revoked'"
)


def upgrade():
    with op.batch_alter_table("team_changes") as changes:
        changes.add_column(sa.Column("what", sa.Text()))
        changes.drop_constraint(op.f("ck_team_changes_event"), type_="check")
        changes.create_check_constraint(op.f("ck_team_changes_event"), f"event IN ({OF_PEOPLE}, {OF_KEYS})")


def downgrade():
    """What became of keys has no place in the older table; the audit trail keeps it."""
    op.execute(f"DELETE FROM team_changes WHERE event IN ({OF_KEYS})")
    with op.batch_alter_table("team_changes") as changes:
        changes.drop_constraint(op.f("ck_team_changes_event"), type_="check")
        changes.create_check_constraint(op.f("ck_team_changes_event"), f"event IN ({OF_PEOPLE})")
        changes.drop_column("what")
