"""an answer to a complaint that could not be delivered is sent again, a few times

Revision: 0090
Follows: 0089
"""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


def upgrade():
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.add_column(sa.Column("sent_again", sa.Integer(), server_default="0", nullable=False))
        complaints.create_check_constraint(op.f("ck_complaints_sent_again"), "sent_again BETWEEN 0 AND 3")


def downgrade():
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.drop_constraint(op.f("ck_complaints_sent_again"), type_="check")
        complaints.drop_column("sent_again")
