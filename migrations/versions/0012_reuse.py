"""answers taken over from earlier rounds, every attestation, and notices to all vendors"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _parent(table: str, column: str, parent: str, ondelete: str | None = None) -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "attestation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("question_ids", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("attested_by", sa.String(length=320), nullable=False),
        sa.Column("attested_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("about IN ('submitted', 'replied')", name=op.f("ck_attestation_about")),
        _parent("attestation", "organisation_id", "organisation", "CASCADE"),
        _parent("attestation", "assessment_id", "assessment", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        _parent("notice", "organisation_id", "organisation", "CASCADE"),
        _parent("notice", "rfi_id", "rfi", "CASCADE"),
        _parent("notice", "published_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    for table, columns in (
        ("attestation", ("assessment_id", "organisation_id")),
        ("notice", ("organisation_id", "rfi_id")),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
    _widen()
    # Who attested before there was a history attested when the answers were handed in. The row
    # takes the id of its assessment: each has one, and none is there yet.
    op.execute(
        sa.text(
            "INSERT INTO attestation (id, organisation_id, assessment_id, about, name, role, text,"
            " attested_by, attested_at) SELECT id, organisation_id, id, 'submitted',"
            " attested_name, coalesce(attested_role, ''), coalesce(attested_text, ''),"
            " contact_email, submitted_at FROM assessment"
            " WHERE attested_name IS NOT NULL AND submitted_at IS NOT NULL"
        )
    )


def _widen() -> None:
    with op.batch_alter_table("answer_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_from", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_answer_change_taken_from_assessment"),
            "assessment",
            ["taken_from"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("nothing_to_add", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("notice_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_clarification_notice_id_notice"),
            "notice",
            ["notice_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.alter_column("nothing_to_add", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_clarification_notice_id_notice"), type_="foreignkey"
        )
        batch_op.drop_column("notice_id")
        batch_op.drop_column("nothing_to_add")
    with op.batch_alter_table("answer_change", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_answer_change_taken_from_assessment"), type_="foreignkey"
        )
        batch_op.drop_column("taken_from")
    op.drop_table("notice")
    op.drop_table("attestation")
