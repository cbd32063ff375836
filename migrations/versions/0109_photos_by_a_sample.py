"""a sample of each photo's fingerprint stands in its indexes, so that most rows are ruled out unread

Revision: 0109
Follows: 0108
"""

import hashlib

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

TABLE, BANDS, ROWS = "photo_fingerprints", range(11), 10_000
WORTH = np.zeros(256, np.int64)
WORTH[sorted(range(256), key=lambda bit: hashlib.sha256(bytes([bit])).digest())[::8]] = 1 << np.arange(32)[::-1]


def upgrade():
    _drop_indexes()
    op.add_column(TABLE, sa.Column("sample", sa.Integer(), nullable=False, server_default="0"))
    _fill(op.get_bind())
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("sample", server_default=None)
    for band in BANDS:
        op.create_index(f"ix_{TABLE}_b{band}", TABLE, [f"b{band}", "sample"])


def _fill(connection):
    known = sa.table(TABLE, *map(sa.column, ("photo_id", "variant", "bits", "sample")))
    fill = sa.update(known).values(sample=sa.bindparam("kept"))
    fill = fill.where(known.c.photo_id == sa.bindparam("photo"), known.c.variant == sa.bindparam("which"))
    key, last = sa.tuple_(known.c.photo_id, known.c.variant), ("", "")
    chosen = sa.select(known.c.photo_id, known.c.variant, known.c.bits).order_by(known.c.photo_id, known.c.variant)
    while rows := connection.execute(chosen.where(key > sa.tuple_(*last)).limit(ROWS)).all():
        octets = np.frombuffer(b"".join(row.bits for row in rows), np.uint8).reshape(-1, 32)
        samples = (np.unpackbits(octets, axis=1) @ WORTH).astype(np.uint32).view(np.int32).tolist()
        connection.execute(
            fill,
            [
                {"photo": row.photo_id, "which": row.variant, "kept": kept}
                for row, kept in zip(rows, samples, strict=True)
            ],
        )
        last = (rows[-1].photo_id, rows[-1].variant)


def downgrade():
    _drop_indexes()
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_column("sample")
    for band in BANDS:
        op.create_index(f"ix_{TABLE}_b{band}", TABLE, [f"b{band}"])


def _drop_indexes():
    for band in BANDS:
        op.drop_index(f"ix_{TABLE}_b{band}", TABLE)
