"""The documents while they are read: in which order, what is wrong, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from question_bank.model import Choice
from question_bank.reading import Reading

#: What cannot be known while one of these files cannot be read: faults that name it are echoes.
#: A section or a profile that cannot be read also takes its own name with it; nothing refers to a
#: file of findings.
UNKNOWN_WITHOUT = {
    "bank.yaml": ("bank.yaml",),
    "brief.yaml": ("@buyer", "@language"),
    "claims.yaml": ("claim",),
    "document_types.yaml": ("document type",),
    "findings": ("has a function and no description",),
    "policy.yaml": ("@policy",),
    "profiles": ("add-on",),
    "roles.yaml": ("any_valid_cert", "each_buyer_language"),
}


class Shelf:
    """The documents by file name, with what has been read of them so far."""

    def __init__(self, documents: Mapping[str, object]) -> None:
        self.documents = documents
        self.reading = Reading()
        #: "<question>" or "<question>.<column>" -> its own choices, for `same_choices_as`.
        self.choices: dict[str, tuple[Choice, ...]] = {}

    def single(self, schema: Schema, file: str) -> Any:
        """What one of the small files holds; None when it cannot be read (the faults say why)."""
        found = None
        if file not in self.documents:
            self.reading.add(file, "", "", "the file is missing.")
        else:
            found = self.reading.load(schema, self.documents[file], file)
        if found is None:
            self.leave_out(file)
        return found

    def leave_out(self, file: str) -> None:
        """Remembers that a file cannot be used, so that nothing is blamed for lacking it."""
        folder, _, name = file.rpartition("/")
        known = UNKNOWN_WITHOUT.get(folder or file, ())
        own = (name.removesuffix(".yaml"),) if folder in ("sections", "profiles") else ()
        self.reading.broken.update((*known, *own))

    def order_of_files(self) -> dict[str, tuple[str, ...]]:
        """Without bank.yaml: every file that is there, so that its own faults are found."""
        names = sorted(name.removesuffix(".yaml") for name in self.documents)
        return {
            folder: tuple(
                name.removeprefix(f"{folder}/") for name in names if name.startswith(f"{folder}/")
            )
            for folder in ("sections", "profiles", "findings")
        }

    def listed(self, folder: str, names: tuple[str, ...]) -> list[str]:
        """The file names in the bank's order; files that stand in no order are faults."""
        wanted = [f"{folder}/{name}.yaml" for name in names]
        present = sorted(name for name in self.documents if name.startswith(f"{folder}/"))
        for name in present:
            if name not in wanted:
                self.reading.add(name, "", "", f"is not listed in bank.yaml under {folder}.")
        for name in wanted:
            if name not in present:
                self.reading.add("bank.yaml", "", folder, f"{name} does not exist.")
                self.leave_out(name)
        return [name for name in wanted if name in present]

    def borrow(self, values: dict[str, Any], file: str, question: str, place: str) -> bool:
        """Replaces `same_choices_as` by the choices that it names; False when there are none."""
        source = values.pop("same_choices_as", None)
        if source is None:
            return True
        if values["choices"]:
            self.reading.add(file, question, place, "has choices of its own besides.")
        elif source in self.choices:
            values["choices"] = self.choices[source]
            return True
        else:
            self.reading.add(file, question, place, f"{source} has no choices of its own.")
        return False


def name_of(document: object, key: str, number: int) -> str:
    """What a document calls itself; its place in the list where it has no name."""
    name = document.get(key) if isinstance(document, dict) else None
    return name if isinstance(name, str) and name else f"number {number}"
