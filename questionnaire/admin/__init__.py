"""What an admin sees: members, kept mail, the audit trail; and everybody's own account."""

from questionnaire.admin import account
from questionnaire.admin.gate import blueprint

__all__ = ["account", "blueprint"]
