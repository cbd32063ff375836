"""photos and their fingerprints

Revision: 0039
Follows: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

BANDS = range(11)


def upgrade():
    op.create_table(
        "photos",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("evidence_id", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("x", "y", "width", "height")),
        sa.Column("copy_sha256", sa.String(64), nullable=False),
        sa.Column("blurred_sha256", sa.String(64), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_photos_report_id_reports")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_photos_case_id_cases")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_photos_evidence_id_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint(
            "evidence_id", "x", "y", "width", "height", name=op.f("uq_photos_evidence_id_x_y_width_height")
        ),
        sa.CheckConstraint("x >= 0 AND y >= 0 AND width > 0 AND height > 0", name=op.f("ck_photos_box")),
    )
    op.create_index("ix_photos_report_id", "photos", ["report_id"])
    op.create_index("ix_photos_case_id", "photos", ["case_id"])
    unswept = sa.text("swept_at IS NULL")
    op.create_index("ix_photos_unswept", "photos", ["id"], sqlite_where=unswept, postgresql_where=unswept)
    op.create_table(
        "photo_fingerprints",
        sa.Column("photo_id", sa.String(32), nullable=False),
        sa.Column("variant", sa.String(32), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.Column("mirrored", sa.LargeBinary(), nullable=False),
        *(sa.Column(f"b{band}", sa.Integer(), nullable=False) for band in BANDS),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name=op.f("fk_photo_fingerprints_photo_id_photos")),
        sa.PrimaryKeyConstraint("photo_id", "variant", name=op.f("pk_photo_fingerprints")),
        sa.CheckConstraint(
            "variant IN ('whole', 'middle_1', 'middle_2', 'middle_3', 'upper', 'framed')",
            name=op.f("ck_photo_fingerprints_variant"),
        ),
    )
    for band in BANDS:
        op.create_index(f"ix_photo_fingerprints_b{band}", "photo_fingerprints", [f"b{band}"])


def downgrade():
    op.drop_table("photo_fingerprints")
    op.drop_table("photos")
