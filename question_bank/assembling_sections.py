"""Builds the sections, their questions and their requirements out of the section files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from question_bank.model import Column, Question, Requirement, Section
from question_bank.schema_questions import QuestionSchema, SectionSchema
from question_bank.shelf import Shelf, name_of

_QUESTION = QuestionSchema()
_SECTION = SectionSchema()
#: Parts of a question's document that are built here or belong to the bank.
_NOT_PLAIN = ("columns", "requirements")


class SectionFiles:
    """The section files in the bank's order, with the choices that others may borrow."""

    def __init__(self, shelf: Shelf, names: tuple[str, ...]) -> None:
        self.shelf = shelf
        self.drafts = [
            draft
            for name in shelf.listed("sections", names)
            if (draft := self.section_draft(name)) is not None
        ]
        self.collect_choices()

    def section_draft(self, file: str) -> dict[str, Any] | None:
        head = self.shelf.reading.load(_SECTION, self.shelf.documents[file], file)
        if head is None:
            self.shelf.leave_out(file)
            return None
        if not head["questions"]:
            self.shelf.reading.add(file, "", "questions", "there is no question in it.")
        if f"sections/{head['id']}.yaml" != file:
            self.shelf.reading.add(file, "", "id", f"{head['id']!r} is not the name of the file.")
        return {**head, "questions": self.question_drafts(file, head["questions"]), "file": file}

    def question_drafts(self, file: str, documents: list[Any]) -> list[dict[str, Any]]:
        questions = []
        for number, document in enumerate(documents, start=1):
            name = name_of(document, "id", number)
            question = self.shelf.reading.load(_QUESTION, document, file, name)
            if question is None:
                self.shelf.reading.broken.add(name)
            else:
                questions.append(question)
        return questions

    def collect_choices(self) -> None:
        for draft in self.drafts:
            for question in draft["questions"]:
                if question["choices"]:
                    self.shelf.choices[question["id"]] = question["choices"]
                for column in question["columns"]:
                    if column["choices"]:
                        self.shelf.choices[f"{question['id']}.{column['name']}"] = column["choices"]

    def sections(self) -> tuple[Section, ...]:
        """The sections, their questions numbered through the whole bank."""
        order = 0
        sections = []
        for draft in self.drafts:
            questions = []
            for values in draft["questions"]:
                columns = self.columns(values, draft["file"])
                if columns is None:
                    self.shelf.reading.broken.add(values["id"])
                    continue
                order += 1
                plain = {key: one for key, one in values.items() if key not in _NOT_PLAIN}
                questions.append(
                    Question(section=draft["id"], order=order, columns=columns, **plain)
                )
            head = {key: draft[key] for key in ("id", "title", "intro", "sealed", "in_house")}
            sections.append(Section(questions=tuple(questions), **head))
        return tuple(sections)

    def columns(self, values: dict[str, Any], file: str) -> tuple[Column, ...] | None:
        """The columns of a question; None when one of them borrows choices that are not there."""
        borrowed = []
        for column in values["columns"]:
            place = f"columns[{column['name']}].same_choices_as"
            borrowed.append(self.shelf.borrow(column, file, values["id"], place))
        return tuple(Column(**column) for column in values["columns"]) if all(borrowed) else None

    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement, in the order of the questions that they stand with."""
        found = []
        for draft in self.drafts:
            for question in draft["questions"]:
                if question["id"] in self.shelf.reading.broken:
                    continue
                for requirement in question["requirements"]:
                    if requirement.question:
                        place = f"requirements[{requirement.id}].question"
                        message = "is not needed: a requirement belongs to its question."
                        self.shelf.reading.add(draft["file"], question["id"], place, message)
                    level = requirement.assurance or draft["assurance"].get(requirement.severity)
                    found.append(replace(requirement, question=question["id"], assurance=level))
        return tuple(found)
