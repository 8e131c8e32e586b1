"""The words for what happens to flags, as pages say them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

STATES: dict[str, LazyString] = {
    "open": _("Open"),
    "clarifying": _("Vendor was asked"),
    "second": _("Waits for a second person"),
    "gap_confirmed": _("Gap confirmed"),
    "accepted": _("Accepted"),
    "waived": _("Waived"),
    "closed": _("Closed: met now"),
}

#: What a reviewer can choose, as the label of a button or a choice.
ACTIONS: dict[str, LazyString] = {
    "confirm": _("Confirm the gap"),
    "accept": _("Accept the answer as sufficient"),
    "waive": _("Waive"),
    "not_applicable": _("Accept “not applicable”"),
    "agree": _("Agree"),
    "decline": _("Decline"),
    "reopen": _("Re-open"),
    "assign": _("Assign"),
}

#: The same where the flag is about a finding.
FINDING_ACTIONS: dict[str, LazyString] = ACTIONS | {
    "confirm": _("Confirm the finding"),
    "accept": _("Accept the answers as they are"),
}

#: The same for several flags.
TOGETHER: dict[str, LazyString] = {
    "confirm": _("Confirm the gaps"),
    "accept": _("Accept the answers as sufficient"),
    "waive": _("Waive them"),
    "not_applicable": _("Accept “not applicable”"),
    "agree": _("Agree with what was proposed"),
    "decline": _("Decline what was proposed"),
    "assign": _("Assign them"),
}

#: What a proposal proposes, in a sentence with "Rosa proposes to …".
PROPOSALS: dict[str, LazyString] = {
    "accept": _("accept the answer as sufficient"),
    "waive": _("waive this"),
    "not_applicable": _("accept “not applicable”"),
}

#: What a document can be found to be: the choice, and when to take it.
PROOFS: dict[int, tuple[LazyString, LazyString]] = {
    2: (_("Reviewed by us"), _("We have read it, and it shows what the answer says.")),
    3: (
        _("Independently attested"),
        _("An auditor, a certifier or an authority vouches for it."),
    ),
    4: (_("Observed"), _("We saw it ourselves, in a trial or on a visit, and this tells of it.")),
    0: (_("Not acceptable"), _("It proves nothing. Say why.")),
}

#: What happened, by the word under which the history keeps it.
EVENTS: dict[str, LazyString] = {
    "raised": _("Raised by judging"),
    "reopened": _("Re-opened"),
    "closed": _("Closed: met now"),
    "dropped": _("Closed: no longer required"),
    "gone": _("Closed: the answers do not show it any more"),
    "confirmed": _("Gap confirmed"),
    "accepted": _("Answer accepted as sufficient"),
    "waived": _("Waived"),
    "not_applicable_accepted": _("“Not applicable” accepted"),
    "accept_proposed": _("Accepting proposed: waits for a second person"),
    "waive_proposed": _("Waiver proposed: waits for a second person"),
    "not_applicable_proposed": _("“Not applicable” proposed: waits for a second person"),
    "accept_agreed": _("Second person agreed: answer accepted as sufficient"),
    "waive_agreed": _("Second person agreed: waived"),
    "not_applicable_agreed": _("Second person agreed: “not applicable” accepted"),
    "proposal_declined": _("Proposal declined"),
    "proposal_withdrawn": _("Proposal withdrawn"),
    "proposal_fell": _("Proposal fell: what it rested on has changed"),
    "assigned": _("Assigned"),
    "unassigned": _("Assigned to nobody"),
    "noted": _("Note"),
    "asked": _("Vendor was asked"),
    "asking_withdrawn": _("Question to the vendor taken back"),
    "replied": _("Vendor replied: judged again"),
    "rejudged": _("Judged again"),
    "lapsed": _("Waiver ended"),
    "undone": _("Decision undone"),
}
