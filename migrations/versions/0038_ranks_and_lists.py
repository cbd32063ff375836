"""the rank and the higher taxon of each taxon, and whose national list a listing is of

Revision: 0038
Follows: 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
RANKS = ("order", "family", "subfamily", "genus", "species", "subspecies", "several")
LISTED = ", ".join(f"'{rank}'" for rank in RANKS)


def upgrade():
    with op.batch_alter_table("taxa", naming_convention=NAMES) as table:
        table.add_column(sa.Column("rank", sa.String(32), nullable=True))
        table.add_column(sa.Column("parent_id", sa.String(64), nullable=True))
        table.create_check_constraint(op.f("ck_taxa_rank"), f"rank IN ({LISTED})")
    with op.batch_alter_table("taxon_listings", naming_convention=NAMES) as table:
        table.alter_column("appendix", existing_type=sa.String(8), type_=sa.String(120), existing_nullable=False)
        table.add_column(sa.Column("jurisdiction", sa.String(2), nullable=True))
        table.add_column(sa.Column("under", sa.Text(), nullable=True))


def downgrade():
    op.execute("DELETE FROM taxon_listings WHERE length(appendix) > 8")
    with op.batch_alter_table("taxon_listings", naming_convention=NAMES) as table:
        table.drop_column("under")
        table.drop_column("jurisdiction")
        table.alter_column("appendix", existing_type=sa.String(120), type_=sa.String(8), existing_nullable=False)
    with op.batch_alter_table("taxa", naming_convention=NAMES) as table:
        table.drop_constraint(op.f("ck_taxa_rank"), type_="check")
        table.drop_column("parent_id")
        table.drop_column("rank")
