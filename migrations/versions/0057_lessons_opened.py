"""since when somebody has had a lesson open, before it counts as read

Revision: 0057
Follows: 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {"fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s"}


def upgrade():
    with op.batch_alter_table("readings", naming_convention=NAMES) as readings:
        readings.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        readings.alter_column("at", existing_type=sa.DateTime(timezone=True), nullable=True)
        readings.create_check_constraint(op.f("ck_readings_opened_or_read"), "opened_at IS NOT NULL OR at IS NOT NULL")


def downgrade():
    op.execute("DELETE FROM readings WHERE at IS NULL")  # what was only opened was nothing before
    with op.batch_alter_table("readings", naming_convention=NAMES) as readings:
        readings.drop_constraint(op.f("ck_readings_opened_or_read"), type_="check")
        readings.alter_column("at", existing_type=sa.DateTime(timezone=True), nullable=False)
        readings.drop_column("opened_at")
