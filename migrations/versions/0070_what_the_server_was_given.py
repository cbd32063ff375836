"""what kind of page the server was given when it looked at a listing

Revision: 0070
Follows: 0069
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
PAGES = (
    "listing", "changed", "over", "not_found", "removed", "soft_404", "login", "challenge", "geo_block", "parked", "front_page",
    "elsewhere", "trouble", "forbidden", "unclear",
)  # fmt: skip


def upgrade():
    listed = ", ".join(repr(page) for page in PAGES)
    with op.batch_alter_table("check_results", naming_convention=NAMES) as changes:
        changes.add_column(sa.Column("page", sa.String(32), nullable=True))
        changes.create_check_constraint(op.f("ck_check_results_page"), f"page IN ({listed})")


def downgrade():
    with op.batch_alter_table("check_results", naming_convention=NAMES) as changes:
        changes.drop_constraint(op.f("ck_check_results_page"), type_="check")
        changes.drop_column("page")
