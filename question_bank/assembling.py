"""Builds the bank out of its documents; what is broken is left out and named as a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError

from question_bank.documents import digest_of
from question_bank.faults import Fault
from question_bank.model import (
    Bank,
    BriefField,
    Choice,
    Column,
    Profile,
    Question,
    Requirement,
    Section,
)
from question_bank.reading import Reading, flatten
from question_bank.schema_lists import (
    BriefFieldSchema,
    BriefSchema,
    ClaimsSchema,
    DocumentTypesSchema,
    OrderSchema,
    PolicySchema,
    PresetsSchema,
    ProfileSchema,
    RolesSchema,
    read_policy_table,
)
from question_bank.schema_questions import QuestionSchema, SectionSchema

#: What cannot be known while one of these files cannot be read: faults that name it are echoes.
UNKNOWN_WITHOUT = {
    "bank.yaml": ("bank.yaml",),
    "brief.yaml": ("@buyer", "@language"),
    "claims.yaml": ("claim",),
    "document_types.yaml": ("document type",),
    "policy.yaml": ("@policy",),
    "roles.yaml": ("any_valid_cert", "each_buyer_language"),
}

_QUESTION = QuestionSchema()
_SECTION = SectionSchema()
_PROFILE = ProfileSchema()
_BRIEF_FIELD = BriefFieldSchema()


@dataclass(frozen=True)
class Assembly:
    """A bank of everything that could be read, what was wrong, and the names left out for it.

    A name may be a question, a whole section, `@buyer.x` or `@buyer`: whatever begins with it.
    """

    bank: Bank
    faults: tuple[Fault, ...]
    broken: frozenset[str]


def assemble(documents: Mapping[str, object]) -> Assembly:
    """The bank and every fault of shape; references are checked elsewhere (`check`)."""
    return _Assembling(documents).run()


class _Assembling:
    def __init__(self, documents: Mapping[str, object]) -> None:
        self.documents = documents
        self.reading = Reading()
        #: "<question>" or "<question>.<column>" -> its own choices, for `same_choices_as`.
        self.choices: dict[str, tuple[Choice, ...]] = {}

    def run(self) -> Assembly:
        order = self.single(OrderSchema(), "bank.yaml") or self.order_of_files()
        drafts = [
            draft
            for name in self.listed("sections", order["sections"])
            if (draft := self.section_draft(name)) is not None
        ]
        self.collect_choices(drafts)
        sections = self.sections(drafts)
        bank = Bank(
            digest=digest_of(self.documents),
            sections=sections,
            requirements=self.requirements(drafts),
            profiles=self.profiles(order["profiles"]),
            presets=(self.single(PresetsSchema(), "presets.yaml") or {}).get("presets", ()),
            brief=self.brief(),
            claims=self.claims(),
            policy=self.policy(),
            roles=(self.single(RolesSchema(), "roles.yaml") or {}).get("roles", {}),
            document_types=self.document_types(),
        )
        return Assembly(bank, tuple(self.reading.faults), frozenset(self.reading.broken))

    def single(self, schema: Any, file: str) -> Any:
        found = None
        if file not in self.documents:
            self.reading.add(file, "", "", "the file is missing.")
        else:
            found = self.reading.load(schema, self.documents[file], file)
        if found is None:
            self.reading.broken.update(UNKNOWN_WITHOUT.get(file, ()))
        return found

    def order_of_files(self) -> dict[str, tuple[str, ...]]:
        """Without bank.yaml: every file that is there, so that its own faults are found."""
        names = sorted(name.removesuffix(".yaml") for name in self.documents)
        return {
            folder: tuple(
                name.removeprefix(f"{folder}/") for name in names if name.startswith(f"{folder}/")
            )
            for folder in ("sections", "profiles")
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
                self.reading.broken.add(_stem(name))
        return [name for name in wanted if name in present]

    # -- sections and questions ---------------------------------------------------------------

    def section_draft(self, file: str) -> dict[str, Any] | None:
        head = self.reading.load(_SECTION, self.documents[file], file)
        if head is None:
            self.reading.broken.add(_stem(file))
            return None
        if f"sections/{head['id']}.yaml" != file:
            self.reading.add(file, "", "id", f"{head['id']!r} is not the name of the file.")
        questions = []
        for number, document in enumerate(head["questions"], start=1):
            name = _name_of(document, "id", number)
            question = self.reading.load(_QUESTION, document, file, name)
            if question is None:
                self.reading.broken.add(name)
            else:
                questions.append(question)
        return {**head, "questions": questions, "file": file}

    def collect_choices(self, drafts: list[dict[str, Any]]) -> None:
        for draft in drafts:
            for question in draft["questions"]:
                if question["choices"]:
                    self.choices[question["id"]] = question["choices"]
                for column in question["columns"]:
                    if column["choices"]:
                        self.choices[f"{question['id']}.{column['name']}"] = column["choices"]

    def borrow(self, values: dict[str, Any], file: str, question: str, place: str) -> None:
        """Replaces `same_choices_as` by the choices that it names."""
        source = values.pop("same_choices_as", None)
        if source is None:
            return
        if values["choices"]:
            self.reading.add(file, question, place, "has choices of its own besides.")
        elif source in self.choices:
            values["choices"] = self.choices[source]
        else:
            self.reading.add(file, question, place, f"{source} has no choices of its own.")

    def sections(self, drafts: list[dict[str, Any]]) -> tuple[Section, ...]:
        order = 0
        sections = []
        for draft in drafts:
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
            self.borrow(column, file, values["id"], place)
            columns.append(Column(**column))
        plain = {key: one for key, one in values.items() if key not in ("columns", "requirements")}
        return Question(section=section, order=order, columns=tuple(columns), **plain)

    def requirements(self, drafts: list[dict[str, Any]]) -> tuple[Requirement, ...]:
        found = []
        for draft in drafts:
            for question in draft["questions"]:
                for requirement in question["requirements"]:
                    if requirement.question:
                        place = f"requirements[{requirement.id}].question"
                        message = "is not needed: a requirement belongs to its question."
                        self.reading.add(draft["file"], question["id"], place, message)
                    found.append(replace(requirement, question=question["id"]))
        return tuple(found)

    # -- the small files ----------------------------------------------------------------------

    def profiles(self, names: tuple[str, ...]) -> tuple[Profile, ...]:
        found = []
        for file in self.listed("profiles", names):
            profile = self.reading.load(_PROFILE, self.documents[file], file)
            if profile is None:
                self.reading.broken.add(_stem(file))
                continue
            if f"profiles/{profile.id}.yaml" != file:
                self.reading.add(file, "", "id", f"{profile.id!r} is not the name of the file.")
            found.append(profile)
        return tuple(found)

    def brief(self) -> tuple[BriefField, ...]:
        document = self.single(BriefSchema(), "brief.yaml") or {"fields_": []}
        found = []
        for number, field in enumerate(document["fields_"], start=1):
            place = f"fields[{_name_of(field, 'name', number)}]"
            values = self.reading.load(_BRIEF_FIELD, field, "brief.yaml", place=place)
            if values is None:
                self.reading.broken.add(f"@buyer.{_name_of(field, 'name', number)}")
                continue
            self.borrow(values, "brief.yaml", "", f"{place}.same_choices_as")
            found.append(BriefField(**values))
        return tuple(found)

    def claims(self) -> dict[str, Any]:
        document = self.single(ClaimsSchema(), "claims.yaml") or {"claims": ()}
        return {claim.id: claim for claim in document["claims"]}

    def document_types(self) -> dict[str, Any]:
        document = self.single(DocumentTypesSchema(), "document_types.yaml")
        return {one["code"]: one["label"] for one in (document or {}).get("document_types", ())}

    def policy(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, table in (self.single(PolicySchema(), "policy.yaml") or {}).items():
            try:
                found[name] = read_policy_table(table)
            except ValidationError as error:
                self.reading.broken.add(f"@policy.{name}")
                for path, message in flatten(error.messages, table):
                    self.reading.add(
                        "policy.yaml", "", ".".join(filter(None, (name, path))), message
                    )
        return found


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")


def _name_of(document: object, key: str, number: int) -> str:
    name = document.get(key) if isinstance(document, dict) else None
    return name if isinstance(name, str) and name else f"number {number}"
