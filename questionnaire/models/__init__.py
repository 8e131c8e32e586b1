"""Typed tables, one file per aggregate: no queries, no Flask."""

from questionnaire.db import Base
from questionnaire.models.accounts import Membership, Organisation, Passkey, StaffInvitation, User
from questionnaire.models.answers import Answer, AnswerChange
from questionnaire.models.asking import Attestation, Notice
from questionnaire.models.assessments import Assessment, Clarification, Vendor
from questionnaire.models.audit import AuditRow
from questionnaire.models.decisions import Decision
from questionnaire.models.evidence import Evidence, EvidenceReview
from questionnaire.models.flags import Flag, FlagEvent, Judgement
from questionnaire.models.invitations import Code, Invitation
from questionnaire.models.locks import ReviewLock
from questionnaire.models.mail import Message
from questionnaire.models.reports import Debrief, ReportFile
from questionnaire.models.requirement_changes import RequirementChange
from questionnaire.models.rfis import Edition, RequirementSetVersion, Rfi
from questionnaire.models.sheets import SheetUpload
from questionnaire.models.trials import (
    CallRating,
    PlannedCall,
    Rater,
    Trial,
    TrialConsent,
    TrialFigures,
    TrialSummary,
)

__all__ = [
    "Answer",
    "AnswerChange",
    "Assessment",
    "Attestation",
    "AuditRow",
    "Base",
    "CallRating",
    "Clarification",
    "Code",
    "Debrief",
    "Decision",
    "Edition",
    "Evidence",
    "EvidenceReview",
    "Flag",
    "FlagEvent",
    "Invitation",
    "Judgement",
    "Membership",
    "Message",
    "Notice",
    "Organisation",
    "Passkey",
    "PlannedCall",
    "Rater",
    "ReportFile",
    "RequirementChange",
    "RequirementSetVersion",
    "ReviewLock",
    "Rfi",
    "SheetUpload",
    "StaffInvitation",
    "Trial",
    "TrialConsent",
    "TrialFigures",
    "TrialSummary",
    "User",
    "Vendor",
]
