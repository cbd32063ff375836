"""who declined an application, when, and the note to the applicant: a decline can be undone before it is mailed

Revision: 0059
Follows: 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {"fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s"}


def upgrade():
    op.add_column("applications", sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE applications SET declined_at = at WHERE state = 'declined'")  # past undoing, as they were
    with op.batch_alter_table("applications", naming_convention=NAMES) as changes:
        changes.add_column(sa.Column("declined_by_id", sa.String(32), nullable=True))
        changes.add_column(sa.Column("note", sa.String(1000), nullable=True))
        changes.create_foreign_key(
            op.f("fk_applications_declined_by_id_accounts"), "accounts", ["declined_by_id"], ["id"]
        )
        changes.create_check_constraint(
            op.f("ck_applications_declined_at"), "(state = 'declined') = (declined_at IS NOT NULL)"
        )


def downgrade():
    with op.batch_alter_table("applications", naming_convention=NAMES) as changes:
        changes.drop_constraint(op.f("ck_applications_declined_at"), type_="check")
        changes.drop_constraint(op.f("fk_applications_declined_by_id_accounts"), type_="foreignkey")
        changes.drop_column("note")
        changes.drop_column("declined_by_id")
        changes.drop_column("declined_at")
