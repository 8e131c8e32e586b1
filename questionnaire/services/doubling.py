"""What would stand on the list of vendors twice, so that it is refused before it does."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.phrases import worded
from questionnaire.core.texts import same_text
from questionnaire.models import Assessment
from questionnaire.services.contacts import Contact, Place, RowFault


def twins(rows: Sequence[tuple[Place, Contact]], listed: Sequence[Assessment]) -> list[RowFault]:
    """The rows at fault: a name that is there, or an address that two drafts would share."""
    names: dict[str, int | None] = {same_text(one.vendor.name): None for one in listed}
    addresses = {one.contact_email.casefold(): one.vendor.name for one in listed}
    faults = []
    for line, one in rows:
        name, address = same_text(one.vendor), one.email.casefold()
        if name in names:
            faults.append(line.fault("vendor", _twice(one.vendor, names[name])))
        elif address in addresses:
            sentence = worded(
                "{email} is the address of {vendor} already: each vendor needs an address of its "
                "own.",
                email=one.email,
                vendor=addresses[address],
            )
            faults.append(line.fault("email", sentence))
        names.setdefault(name, line.number)
        addresses.setdefault(address, one.vendor)
    return faults


def _twice(vendor: str, row: int | None) -> str:
    if row is None:
        return worded("{vendor} is on the list already.", vendor=vendor)
    return worded("{vendor} is in row {row} already.", vendor=vendor, row=row)
