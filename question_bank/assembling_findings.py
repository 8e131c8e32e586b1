"""Builds the derived findings out of the files of their subjects."""

from __future__ import annotations

from question_bank.findings.described import Subject
from question_bank.schema_findings import FindingSchema, SubjectSchema
from question_bank.shelf import Shelf, name_of

_SUBJECT = SubjectSchema()
_FINDING = FindingSchema()


class FindingFiles:
    """The files of the findings in the bank's order."""

    def __init__(self, shelf: Shelf, names: tuple[str, ...]) -> None:
        self.shelf = shelf
        self.files = shelf.listed("findings", names)

    def subjects(self) -> tuple[Subject, ...]:
        """What could be read; a finding that is broken is left out and named as a fault."""
        reading = self.shelf.reading
        found = []
        for file in self.files:
            head = reading.load(_SUBJECT, self.shelf.documents[file], file)
            if head is None:
                self.shelf.leave_out(file)
                continue
            described = []
            for number, document in enumerate(head["findings"], start=1):
                name = name_of(document, "id", number)
                one = reading.load(_FINDING, document, file, place=f"findings[{name}]")
                if one is None:
                    reading.broken.add(name)
                else:
                    described.append(one)
            name = file.removeprefix("findings/").removesuffix(".yaml")
            found.append(Subject(name, tuple(described), head["phrases"]))
        return tuple(found)
