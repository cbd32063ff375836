"""why an attempt to deliver failed is kept as a code; what the other side answered stands beside it

What earlier versions wrote is kept as it was written.

Revision: 0041
Follows: 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}  # SQLite tells no name of a column's own
CODES = ("unreachable", "refused_for_now", "address_refused", "refused", "answered", "closed", "forbidden", "too_large",
         "no_secret", "unexpected", "as_written")  # fmt: skip
CHECK = f"failure IN ({', '.join(repr(code) for code in CODES)})"


def upgrade():
    with op.batch_alter_table("message_attempts", naming_convention=NAMES) as batch:
        batch.add_column(sa.Column("failure", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("params", sa.JSON(none_as_null=True), nullable=True))
        batch.alter_column("detail", new_column_name="answer", existing_type=sa.Text(), existing_nullable=True)
    op.execute("UPDATE message_attempts SET failure = 'as_written' WHERE answer IS NOT NULL")
    with op.batch_alter_table("message_attempts", naming_convention=NAMES) as batch:
        batch.create_check_constraint(op.f("ck_message_attempts_failure"), CHECK)


def downgrade():
    with op.batch_alter_table("message_attempts", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_message_attempts_failure"), type_="check")
    op.execute("UPDATE message_attempts SET answer = failure WHERE answer IS NULL AND failure IS NOT NULL")
    with op.batch_alter_table("message_attempts", naming_convention=NAMES) as batch:
        batch.drop_column("params")
        batch.drop_column("failure")
        batch.alter_column("answer", new_column_name="detail", existing_type=sa.Text(), existing_nullable=True)
