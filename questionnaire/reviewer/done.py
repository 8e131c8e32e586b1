"""What a reviewer has just done, for the page that comes next: told once, with the way back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from flask_babel import ngettext

from questionnaire import edge
from questionnaire.accounts import current
from questionnaire.reviewer.words import EVENTS
from questionnaire.services import undoing
from questionnaire.services.faults import Missing


@dataclass(frozen=True, slots=True)
class Done:
    """A batch in a sentence; a single decision is a batch of one."""

    batch: UUID
    sentence: str
    undoable: bool
    several: bool


def done(batch: str | None) -> Done | None:
    """The batch that the address names; None for none and for what cannot be read."""
    try:
        id_ = UUID(batch or "")
        found = undoing.steps(edge.database.session, current().organisation_id, id_)
    except (ValueError, Missing):
        return None
    counts = Counter(one.action for one in found)
    if len(found) == 1:
        sentence = f"{EVENTS[found[0].action]}."
    else:
        parts = [f"{EVENTS[action]} ({count})" for action, count in counts.most_common()]
        sentence = ngettext("%(num)s flag: ", "%(num)s flags: ", len(found)) + "; ".join(parts)
    return Done(id_, sentence, any(one.undoable for one in found), len(found) > 1)
