"""what a mailbox got within the hour is found by an index

Revision: 0096
Follows: 0095
"""

from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_messages_delivered", "messages", ["address", "delivered_at"])


def downgrade():
    op.drop_index("ix_messages_delivered", "messages")
