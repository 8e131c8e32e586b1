"""The links that are mailed to vendors, raters and new members.

A token is 256 bits that only this service can compute: a keyed digest of the invitation's id. The
database holds nothing but its hash, and still a reminder can carry the same link again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID


def hash_of(token: str) -> str:
    """What is stored of a token or a code."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Links:
    """Makes tokens and addresses; `base_url` has no slash at its end."""

    base_url: str
    secret: str = field(repr=False)

    def token(self, purpose: str, id: UUID) -> str:
        """The token of one invitation: 43 characters, URL-safe; `purpose` keeps kinds apart."""
        digest = hmac.digest(self.secret.encode(), f"{purpose}:{id}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def vendor(self, invitation_id: UUID) -> str:
        """The address at which an invited vendor begins."""
        return f"{self.base_url}/invitation/{self.token('vendor', invitation_id)}"

    def rater(self, link_id: UUID) -> str:
        """The address at which somebody who rates test calls begins."""
        return f"{self.base_url}/rating/{self.token('rater', link_id)}"

    def member(self, invitation_id: UUID) -> str:
        """The address at which an invited member of staff sets a password."""
        return f"{self.base_url}/join/{self.token('member', invitation_id)}"

    def page(self, path: str) -> str:
        """The full address of a page of ours; `path` begins with a slash."""
        return f"{self.base_url}{path}"
