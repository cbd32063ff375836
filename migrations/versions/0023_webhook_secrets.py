"""a webhook has up to two secrets, so that one can be rotated while the other still counts

Revision: 0023
Follows: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

spocs = sa.table("spocs", sa.column("id"), sa.column("webhook_secret", sa.Text), sa.column("webhook_secrets", sa.JSON))


def upgrade():
    op.add_column("spocs", sa.Column("webhook_secrets", sa.JSON(), nullable=True))
    session, row = op.get_bind(), spocs.c
    kept = sa.select(row.id, row.webhook_secret).where(row.webhook_secret.is_not(None))
    for spoc_id, secret in session.execute(kept).all():
        session.execute(spocs.update().where(row.id == spoc_id).values(webhook_secrets=[secret]))
    op.execute("ALTER TABLE spocs DROP COLUMN webhook_secret")


def downgrade():
    op.add_column("spocs", sa.Column("webhook_secret", sa.Text(), nullable=True))
    session, row = op.get_bind(), spocs.c
    for spoc_id, secrets in session.execute(sa.select(row.id, row.webhook_secrets)).all():
        if secrets:
            session.execute(spocs.update().where(row.id == spoc_id).values(webhook_secret=secrets[0]))
    op.execute("ALTER TABLE spocs DROP COLUMN webhook_secrets")
