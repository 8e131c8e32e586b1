"""What an admin sees: members, kept mail, the audit trail; and everybody's own account."""

from questionnaire.admin import account, audit, join, mail, members
from questionnaire.admin.gate import blueprint

__all__ = ["account", "audit", "blueprint", "join", "mail", "members"]
