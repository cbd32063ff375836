"""who wrote down a complaint that came by telephone or letter

Revision: 0081
Follows: 0080
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
KEY = "fk_complaints_written_by_id_accounts"


def upgrade():
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.add_column(sa.Column("written_by_id", sa.String(32), nullable=True))
        complaints.create_foreign_key(op.f(KEY), "accounts", ["written_by_id"], ["id"])


def downgrade():
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.drop_constraint(op.f(KEY), type_="foreignkey")
        complaints.drop_column("written_by_id")
