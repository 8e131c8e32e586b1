"""evidence reviews"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("sites", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("legal_entity", sa.String(length=200), nullable=False),
        sa.Column("covers_service", sa.Boolean(), nullable=False),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_evidence_review_level")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_evidence_review_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_evidence_review_evidence_id_evidence"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evidence_review_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["user.id"], name=op.f("fk_evidence_review_reviewed_by_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_review")),
        sa.UniqueConstraint(
            "evidence_id", "version", name=op.f("uq_evidence_review_evidence_id_version")
        ),
    )
    running = sa.text("lapsed_at IS NULL AND expires_on IS NOT NULL")
    with op.batch_alter_table("evidence_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_review_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_review_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_evidence_review_running",
            ["expires_on"],
            unique=False,
            sqlite_where=running,
            postgresql_where=running,
        )

    # Documents that are there already were supplied and never reviewed: version 0.
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviews", sa.Integer(), nullable=False, server_default="0"))
    waiting = sa.text("reviews = 0 AND removed_at IS NULL")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("reviews", server_default=None)
        batch_op.create_index(
            "ix_evidence_waiting",
            ["organisation_id", "assessment_id", "id"],
            unique=False,
            sqlite_where=waiting,
            postgresql_where=waiting,
        )


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_waiting")
        batch_op.drop_column("reviews")

    with op.batch_alter_table("evidence_review", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_review_running")
        batch_op.drop_index(batch_op.f("ix_evidence_review_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_review_assessment_id"))

    op.drop_table("evidence_review")
