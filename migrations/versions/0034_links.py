"""links between cases that share a photo, a text or a seller

Revision: 0034
Follows: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "links",
        sa.Column("first_case_id", sa.String(32), nullable=False),
        sa.Column("second_case_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("distance", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.String(32)),
        sa.Column("why", sa.Text()),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.String(32)),
        sa.Column("undone_why", sa.Text()),
        sa.ForeignKeyConstraint(["first_case_id"], ["cases.id"], name=op.f("fk_links_first_case_id_cases")),
        sa.ForeignKeyConstraint(["second_case_id"], ["cases.id"], name=op.f("fk_links_second_case_id_cases")),
        sa.ForeignKeyConstraint(["linked_by"], ["accounts.id"], name=op.f("fk_links_linked_by_accounts")),
        sa.ForeignKeyConstraint(["undone_by"], ["accounts.id"], name=op.f("fk_links_undone_by_accounts")),
        sa.PrimaryKeyConstraint("first_case_id", "second_case_id", "kind", name=op.f("pk_links")),
        sa.CheckConstraint("kind IN ('photo', 'text', 'seller')", name=op.f("ck_links_kind")),
        sa.CheckConstraint("first_case_id < second_case_id", name=op.f("ck_links_order")),
    )
    op.create_index("ix_links_second_case_id", "links", ["second_case_id"])


def downgrade():
    op.drop_table("links")
