"""Builds the sections, their questions and their requirements out of the section files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from question_bank.model import Column, Question, Requirement, Section
from question_bank.schema_questions import QuestionSchema, SectionSchema
from question_bank.shelf import Shelf, name_of, stem

_QUESTION = QuestionSchema()
_SECTION = SectionSchema()


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
            self.shelf.reading.broken.add(stem(file))
            return None
        if f"sections/{head['id']}.yaml" != file:
            self.shelf.reading.add(file, "", "id", f"{head['id']!r} is not the name of the file.")
        questions = []
        for number, document in enumerate(head["questions"], start=1):
            name = name_of(document, "id", number)
            question = self.shelf.reading.load(_QUESTION, document, file, name)
            if question is None:
                self.shelf.reading.broken.add(name)
            else:
                questions.append(question)
        return {**head, "questions": questions, "file": file}

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
                order += 1
                questions.append(self.question(values, draft["id"], order, draft["file"]))
            head = {key: draft[key] for key in ("id", "title", "intro", "sealed")}
            sections.append(Section(questions=tuple(questions), **head))
        return tuple(sections)

    def question(self, values: dict[str, Any], section: str, order: int, file: str) -> Question:
        columns = []
        for column in values["columns"]:
            place = f"columns[{column['name']}].same_choices_as"
            self.shelf.borrow(column, file, values["id"], place)
            columns.append(Column(**column))
        plain = {key: one for key, one in values.items() if key not in ("columns", "requirements")}
        return Question(section=section, order=order, columns=tuple(columns), **plain)

    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement, in the order of the questions that they stand with."""
        found = []
        for draft in self.drafts:
            for question in draft["questions"]:
                for requirement in question["requirements"]:
                    if requirement.question:
                        place = f"requirements[{requirement.id}].question"
                        message = "is not needed: a requirement belongs to its question."
                        self.shelf.reading.add(draft["file"], question["id"], place, message)
                    found.append(replace(requirement, question=question["id"]))
        return tuple(found)
