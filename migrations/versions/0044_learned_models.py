"""models learnt from decisions, and by which a case is judged

Revision: 0044
Follows: 0043
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ACTIVE = sa.text("active")


def upgrade():
    op.create_table(
        "learned_models",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("learnt_from", sa.Integer(), nullable=False),
        sa.Column("compared_on", sa.Integer(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=True),
        sa.Column("rules_weight", sa.Float(), nullable=False),
        sa.Column("base", sa.Float(), nullable=False),
        sa.Column("scale_slope", sa.Float(), nullable=False),
        sa.Column("scale_base", sa.Float(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("model", sa.JSON(), nullable=False),
        sa.Column("different", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("switched_by", sa.String(32), nullable=True),
        sa.CheckConstraint(
            "NOT active OR (weights IS NOT NULL AND switched_by IS NOT NULL)", name=op.f("ck_learned_models_active")
        ),
        sa.ForeignKeyConstraint(["switched_by"], ["accounts.id"], name=op.f("fk_learned_models_switched_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_models")),
        sa.UniqueConstraint("version", name=op.f("uq_learned_models_version")),
    )
    op.create_index(
        "uq_learned_models_active", "learned_models", ["active"], unique=True,
        sqlite_where=ACTIVE, postgresql_where=ACTIVE,
    )  # fmt: skip
    op.add_column("cases", sa.Column("model_version", sa.String(16), nullable=True))


def downgrade():
    op.drop_column("cases", "model_version")
    op.drop_table("learned_models")
