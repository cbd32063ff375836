"""what exams passed, what was read, which reports stand, which listings were removed and how the lane was answered are counted from indexes

Revision: 0106
Follows: 0104
"""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0104"
branch_labels = None
depends_on = None

PASSED = {"sqlite_where": sa.text("passed IS 1"), "postgresql_where": sa.text("passed IS true")}
STANDING = sa.text("set_aside_at IS NULL AND status <> 'retracted'")
REMOVED = sa.text("status = 'removed'")


def upgrade():
    op.drop_index("ix_lane_answers_listing", "lane_answers")
    op.create_index("ix_lane_answers_listing", "lane_answers", ["listing", "right"])
    op.create_index("ix_attempts_passed", "attempts", ["account_id", "started_at", "content_hash"], **PASSED)
    op.create_index("ix_attempts_finished", "attempts", ["finished_at", "module", "account_id", "passed", "kind"])
    op.create_index("ix_readings_last", "readings", ["account_id", "at", "opened_at"])
    op.create_index(
        "ix_reports_standing", "reports", ["case_id", "received_at"], sqlite_where=STANDING, postgresql_where=STANDING
    )
    op.create_index(
        "ix_reports_removed",
        "reports",
        ["account_id", "case_id", "outcome"],
        sqlite_where=REMOVED,
        postgresql_where=REMOVED,
    )


def downgrade():
    for name, table in (
        ("ix_reports_removed", "reports"),
        ("ix_reports_standing", "reports"),
        ("ix_readings_last", "readings"),
        ("ix_attempts_finished", "attempts"),
        ("ix_attempts_passed", "attempts"),
    ):
        op.drop_index(name, table)
    op.drop_index("ix_lane_answers_listing", "lane_answers")
    op.create_index("ix_lane_answers_listing", "lane_answers", ["listing"])
