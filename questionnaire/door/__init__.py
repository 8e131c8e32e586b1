"""The way in without an account: a link, a code from a mail, and a cookie that remembers both.

Vendors and raters come in alike; what differs is said in a :class:`Door`.
"""

from questionnaire.door.carrying import (
    Carried,
    ask_again,
    carried,
    from_here,
    nothing,
    without_session,
)
from questionnaire.door.coming import install
from questionnaire.door.doors import Door, Found, wants_json
from questionnaire.door.keys import LASTS, Expired, Keys

__all__ = [
    "LASTS",
    "Carried",
    "Door",
    "Expired",
    "Found",
    "Keys",
    "ask_again",
    "carried",
    "from_here",
    "install",
    "nothing",
    "wants_json",
    "without_session",
]
