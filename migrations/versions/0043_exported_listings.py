"""what a Species+ export says of the lexicon's own taxa

Revision: 0043
Follows: 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "exported_listings",
        sa.Column("scientific_name", sa.Text(), nullable=False),
        sa.Column("appendices", sa.String(16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("scientific_name", name=op.f("pk_exported_listings")),
    )


def downgrade():
    op.drop_table("exported_listings")
