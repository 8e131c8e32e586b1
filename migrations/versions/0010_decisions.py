"""decisions: what a buyer chose, with everything that it was made on"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(length=16), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("vendor", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("against", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("superseding_reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decider", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("second", sa.String(length=200), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "option IN ('vendor', 'in_house', 'search', 'hybrid')",
            name=op.f("ck_decision_option"),
        ),
        *(
            sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_decision_{name}_user"))
            for name in ("agreed_by", "decided_by", "ended_by")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_id"],
                [f"{name}.id"],
                name=op.f(f"fk_decision_{name}_id_{name}"),
                ondelete="CASCADE",
            )
            for name in ("assessment", "organisation", "rfi")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("rfi_id", "number", name=op.f("uq_decision_rfi_id_number")),
        sa.UniqueConstraint("rfi_id", "key", name=op.f("uq_decision_rfi_id_key")),
    )
    with op.batch_alter_table("decision") as table:
        table.create_index(op.f("ix_decision_assessment_id"), ["assessment_id"])
        table.create_index(op.f("ix_decision_organisation_id"), ["organisation_id"])


def downgrade() -> None:
    op.drop_table("decision")
