"""words of the trade that were found in confirmed ads, for two coordinators to approve

Revision: 0040
Follows: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "found_terms",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("text", sa.String(100), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("taxon_id", sa.String(64)),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("dismissed", sa.Integer(), nullable=False),
        sa.Column("sellers", sa.Integer(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("credited_id", sa.String(32)),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_by", sa.String(32)),
        sa.Column("first_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.String(32)),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("added_id", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_found_terms")),
        sa.UniqueConstraint("key", name=op.f("uq_found_terms_key")),
        sa.ForeignKeyConstraint(["credited_id"], ["accounts.id"], name=op.f("fk_found_terms_credited_id_accounts")),
        sa.ForeignKeyConstraint(["first_by"], ["accounts.id"], name=op.f("fk_found_terms_first_by_accounts")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_found_terms_decided_by_accounts")),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'declined')", name=op.f("ck_found_terms_state")),
        sa.CheckConstraint(
            "state <> 'approved' OR (first_by IS NOT NULL AND first_by <> decided_by)",
            name=op.f("ck_found_terms_two_people"),
        ),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_found_terms_decided")),
    )
    op.create_index("ix_found_terms_credited_id", "found_terms", ["credited_id"])


def downgrade():
    op.drop_table("found_terms")
