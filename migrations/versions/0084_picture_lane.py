"""the picture lane: pictures that an operator loaded, and answers to pictures

Revision: 0084
Follows: 0083
"""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

LICENCES = (
    "CC0-1.0", "PDM-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0",
    "CC-BY-SA-4.0", "OGL-UK-3.0", "own", "permission",
)  # fmt: skip


def upgrade():
    time = sa.DateTime(timezone=True)
    listed = ", ".join(f"'{licence}'" for licence in LICENCES)
    op.create_table(
        "loaded_pictures",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("licence", sa.String(32), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("clean", sa.LargeBinary(), nullable=False),
        sa.Column("blurred", sa.LargeBinary(), nullable=False),
        sa.Column("loaded_at", time, nullable=False),
        sa.CheckConstraint(f"licence IN ({listed})", name=op.f("ck_loaded_pictures_licence")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_loaded_pictures")),
    )
    op.create_table(
        "picture_answers",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("picture", sa.String(64), nullable=False),
        sa.Column("taxon_group", sa.String(32), nullable=False),
        sa.Column("said", sa.String(32), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("at", time, nullable=False),
        sa.CheckConstraint(
            "(said = 'cannot_tell') = (\"right\" IS NULL)", name=op.f("ck_picture_answers_unsure_is_not_marked")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_picture_answers_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_answers")),
        sa.UniqueConstraint("account_id", "picture", name=op.f("uq_picture_answers_account_id_picture")),
    )
    op.create_index(op.f("ix_picture_answers_picture"), "picture_answers", ["picture"])


def downgrade():
    op.drop_table("picture_answers")
    op.drop_table("loaded_pictures")
