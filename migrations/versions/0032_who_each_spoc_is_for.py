"""SPOCs for some species or platforms, numbers that count per domain, and what the last import of the directory did

Revision: 0032
Follows: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ADDED = {
    "spocs": ("groups", "platforms"),
    "platforms": ("per_domain", "country"),
    "directory_versions": ("imported_at", "imported"),
}


def upgrade():
    for name in ADDED["spocs"]:
        op.add_column("spocs", sa.Column(name, sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("platforms", sa.Column("per_domain", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("platforms", sa.Column("country", sa.String(2), nullable=True))
    op.add_column("directory_versions", sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("directory_versions", sa.Column("imported", sa.JSON(), nullable=True))


def downgrade():
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
