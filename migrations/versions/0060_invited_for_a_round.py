"""the round for which somebody was invited

Revision: 0060
Follows: 0059
"""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "ALTER TABLE accounts ADD COLUMN invited_for_id VARCHAR(32) "
        "CONSTRAINT fk_accounts_invited_for_id_rounds REFERENCES rounds (id)"
    )


def downgrade():
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("invited_for_id")
