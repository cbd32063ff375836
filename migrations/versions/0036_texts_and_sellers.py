"""fingerprints of texts, keys of sellers

Revision: 0036
Follows: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

BANDS = range(20)


def upgrade():
    op.create_table(
        "text_fingerprints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        *(sa.Column(f"t{band}", sa.Integer(), nullable=False) for band in BANDS),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_text_fingerprints_case_id_cases")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_text_fingerprints_report_id_reports")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_fingerprints")),
        sa.UniqueConstraint("case_id", "text_hash", name=op.f("uq_text_fingerprints_case_id_text_hash")),
    )
    op.create_index("ix_text_fingerprints_version", "text_fingerprints", ["version"])
    for band in BANDS:
        op.create_index(f"ix_text_fingerprints_t{band}", "text_fingerprints", [f"t{band}"])
    op.create_table(
        "seller_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("seller", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(8), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_seller_keys_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_keys")),
        sa.UniqueConstraint("case_id", "mac", name=op.f("uq_seller_keys_case_id_mac")),
        sa.CheckConstraint("kind IN ('account', 'handle', 'phone', 'mail')", name=op.f("ck_seller_keys_kind")),
    )
    op.create_index("ix_seller_keys_mac", "seller_keys", ["mac", "id"])
    op.create_index("ix_seller_keys_seen_at", "seller_keys", ["seen_at"])


def downgrade():
    op.drop_table("seller_keys")
    op.drop_table("text_fingerprints")
