"""by which version the fingerprints of a photo were made

Revision: 0049
Follows: 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("photos", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_photos_version", "photos", ["version", "id"])


def downgrade():
    op.drop_index("ix_photos_version", "photos")
    op.drop_column("photos", "version")
