"""What an admin sees: members, kept mail, the audit trail; and everybody's sign-in."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__)
