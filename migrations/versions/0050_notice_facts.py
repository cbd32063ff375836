"""what became of a notice stands with it: its platform and groups of species, and when its listing went and came back

What is known of earlier notices is worked out of their documents, answers, checks and reports.

Revision: 0050
Follows: 0049
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

# SQLite rebuilds a table to change it, and has forgotten the names of keys that were declared with a column.
NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
TIMES = ("decided_at", "removed_at", "gone_at", "relisted_at")
FEW = 1000
OPEN = "('received', 'passed_on', 'moved', 'need_info', 'cannot_locate')"
REMOVES = "('removed', 'access_disabled', 'account_suspended')"
SAYS_GONE = "('removed', 'access_disabled', 'account_suspended', 'already_gone')"
FIRST = "(SELECT min(at) FROM answers WHERE answers.notice_id = notices.id AND answers.answer {which})"
FACTS = (
    f"""UPDATE notices SET decided_at = {FIRST.format(which=f"NOT IN {OPEN}")},
        removed_at = {FIRST.format(which=f"IN {REMOVES}")}, gone_at = {FIRST.format(which=f"IN {SAYS_GONE}")}
        WHERE answer IS NOT NULL""",
    """UPDATE notices SET found = (SELECT state FROM checks WHERE checks.notice_id = notices.id
        AND state IN ('gone', 'present') ORDER BY settled_at DESC LIMIT 1)
        WHERE id IN (SELECT notice_id FROM checks WHERE state IN ('gone', 'present'))""",
    """UPDATE notices SET gone_at = (SELECT min(settled_at) FROM checks WHERE checks.notice_id = notices.id
        AND state = 'gone')
        WHERE found IS NOT NULL AND EXISTS (SELECT 1 FROM checks WHERE checks.notice_id = notices.id
        AND state = 'gone' AND (notices.gone_at IS NULL OR settled_at < notices.gone_at))""",
    """UPDATE notices SET relisted_at = (SELECT min(received_at) FROM reports WHERE reports.case_id = notices.case_id
        AND received_at > notices.gone_at AND captured_at > notices.gone_at)
        WHERE gone_at IS NOT NULL""",
    """UPDATE notices SET relisted_at = (SELECT min(settled_at) FROM checks WHERE checks.notice_id = notices.id
        AND state = 'present' AND settled_at > notices.gone_at)
        WHERE gone_at IS NOT NULL AND EXISTS (SELECT 1 FROM checks WHERE checks.notice_id = notices.id
        AND state = 'present' AND settled_at > notices.gone_at
        AND (notices.relisted_at IS NULL OR settled_at < notices.relisted_at))""",
)


def upgrade():
    op.create_table(
        "notice_groups",
        sa.Column("notice_id", sa.String(32), nullable=False),
        sa.Column("taxon_group", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_groups_notice_id_notices")),
        sa.PrimaryKeyConstraint("notice_id", "taxon_group", name=op.f("pk_notice_groups")),
    )
    with op.batch_alter_table("notices", naming_convention=NAMES) as changes:
        changes.add_column(sa.Column("platform_id", sa.String(32), nullable=True))
        changes.add_column(sa.Column("found", sa.String(32), nullable=True))
        for name in TIMES:
            changes.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        changes.create_foreign_key(op.f("fk_notices_platform_id_platforms"), "platforms", ["platform_id"], ["id"])
        changes.create_check_constraint(op.f("ck_notices_found"), "found IN ('open', 'gone', 'present', 'dropped')")
    connection = op.get_bind()
    _of_documents(connection)
    for change in FACTS:
        connection.execute(sa.text(change))
    op.create_index(
        "ix_notices_sent",
        "notices",
        ["created_at", "company_id", "platform_id", "answer", "found", "withdrawn_at", "replaced_at", "decided_at", "removed_at", "relisted_at", "id"],
    )  # fmt: skip


def _of_documents(connection):
    taxa = sa.text("SELECT scientific_name, taxon_group FROM taxa ORDER BY origin = 'lexicon'")
    groups = {name: group for name, group in connection.execute(taxa)}  # noqa: C416
    platforms = {slug: name for slug, name in connection.execute(sa.text("SELECT slug, id FROM platforms"))}  # noqa: C416
    some = sa.text("SELECT id, document FROM notices WHERE id > :after ORDER BY id LIMIT :few")
    add = sa.text("INSERT INTO notice_groups (notice_id, taxon_group) VALUES (:notice, :group)")
    stand = sa.text("UPDATE notices SET platform_id = :platform WHERE id = :notice")
    after = ""
    while rows := connection.execute(some, {"after": after, "few": FEW}).all():
        found, standing = [], []
        for notice, kept in rows:
            document = json.loads(kept) if isinstance(kept, str) else kept
            named = {groups.get(taxon["scientific_name"]) for taxon in document["suspicion"]["taxa"]}
            found += [{"notice": notice, "group": group} for group in named if group]
            standing.append({"notice": notice, "platform": platforms.get(document.get("platform"))})
        if found:
            connection.execute(add, found)
        connection.execute(stand, standing)
        after = rows[-1][0]


def downgrade():
    op.drop_index("ix_notices_sent", "notices")
    with op.batch_alter_table("notices", naming_convention=NAMES) as changes:
        changes.drop_constraint(op.f("ck_notices_found"), type_="check")
        changes.drop_constraint(op.f("fk_notices_platform_id_platforms"), type_="foreignkey")
        for name in (*TIMES, "found", "platform_id"):
            changes.drop_column(name)
    op.drop_table("notice_groups")
